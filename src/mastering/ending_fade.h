// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core {

/// The gain of an ending fade at position u (0 at its start, 1 at its end): a raised cosine to the
/// power of 3/2. It sets out and arrives without a corner, is at -9 dB half way and at -35 dB after
/// five sixths, so that even a fade of minutes is music for most of its length.
double ending_fade_gain(double u);

/// Fades the last `fade_frames` (all of it, if it is shorter) in place; the last frame is zero.
absl::Status apply_ending_fade(AudioView audio, std::int64_t fade_frames,
                               const CancelToken& cancel);

}  // namespace focus::core
