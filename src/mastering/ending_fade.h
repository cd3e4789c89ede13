// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/status.h>

#include "audio/buffer.h"
#include "base/cancel.h"

namespace focus::core {

/// The gain of an ending fade at position u (0 at its start, 1 at its end). The level falls evenly
/// in decibels, as an ear hears it, to -54 dB:
///   L(u) = -54 dB (sqrt(u^2 + a^2) - a) / (sqrt(1 + a^2) - a),  a = 0.1,
/// a hyperbola, whose rounded start is no audible corner; over the last fifth a raised cosine takes
/// what is left to exactly zero.
double ending_fade_gain(double u);

/// Fades the last `fade_frames` (all of it, if it is shorter) in place; the last frame is zero.
absl::Status apply_ending_fade(AudioView audio, std::int64_t fade_frames,
                               const CancelToken& cancel);

}  // namespace focus::core
