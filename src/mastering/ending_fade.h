// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core {

/// A session's last fade as one segment of it sees it.
struct EndingFade {
  std::int64_t start = 0;   ///< in frames from the segment's first; negative where it began before
  std::int64_t frames = 0;  ///< its whole length; 0 for none

  bool reaches(std::int64_t segment_frames) const { return frames > 0 && start < segment_frames; }
};

/// The gain of an ending fade at position u (0 at its start, 1 at its end): a raised cosine to the
/// power of 3/2. It sets out and arrives without a corner, is at -9 dB half way and at -35 dB after
/// five sixths, so that even a fade of minutes is music for most of its length.
double ending_fade_gain(double u);

/// Fades what of `audio` lies in the fade, in place; from the fade's last frame on it is zero. The
/// gain is a function of the frame's place in the session, so segments that overlap agree on it.
absl::Status apply_ending_fade(AudioView audio, const EndingFade& fade, const CancelToken& cancel);

}  // namespace focus::core
