// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core::mastering {

/// The fade at the end of a session, as seen by one segment.
struct EndingFade {
  std::int64_t start = 0;   ///< in frames from the segment's first; negative if it began earlier
  std::int64_t frames = 0;  ///< the total length; 0: no fade

  bool reaches(std::int64_t segment_frames) const { return frames > 0 && start < segment_frames; }
};

/// The gain of the ending fade at position u (0 at its start, 1 at its end): a raised cosine to the
/// power of 3/4. It has no corner at either end. It is -4.5 dB half way, -18 dB after five sixths
/// and -38 dB a thirtieth before its end: a fade of 90 seconds is music but for the last 3.
double ending_fade_gain(double u);

/// Applies the fade to `audio` in place. The last frame of the fade and everything after it is
/// zero. The gain is a function of the frame's position in the session, so that overlapping
/// segments have the same gain.
absl::Status apply_ending_fade(audio::AudioView audio, const EndingFade& fade,
                               const CancelToken& cancel);

}  // namespace focus::core::mastering
