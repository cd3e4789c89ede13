// SPDX-License-Identifier: MIT
// The loudness-held law for music whose level or likeness moves within the overlap: a decaying
// tail, an entry that swells, tones that beat. The factor k of transition.h becomes a curve.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audio/buffer.h"

namespace focus::core {

/// Both sides of an overlap, a value each 10 ms, K-weighted, channels summed.
struct OverlapEnergies {
  std::vector<float> old_energy;
  std::vector<float> new_energy;
  std::vector<float> product;  ///< of the two; negative where they cancel
};

/// Measures them. The two views are equally long.
OverlapEnergies overlap_energies(ConstAudioView old_tail, ConstAudioView new_head, int sample_rate);

/// The K-weighted mean squares of the whole bodies, which their ends may be far from.
struct BodyEnergies {
  double old_body = 0.0;
  double new_body = 0.0;
};

/// Of k, and of 1 / k.
inline constexpr double kMostBoost = 2.0;  // +-6 dB

/// The equal-gain pair that k multiplies: p of the new one at position u, 1 - p of the old one.
double crossfade_position(double u);

/// k at positions evenly spread over the overlap, one more than there are blocks; within +-6 dB,
/// and 1 at both ends. With it the loudness over about a second leaves the old one where that is,
/// comes to the bodies' level, and arrives where the new one is.
std::vector<float> held_level(const OverlapEnergies& energies, const BodyEnergies& bodies);

/// A curve of knots at position u in [0, 1], smooth between them. [audio-thread]
double level_at(std::span<const float> level, double u);

}  // namespace focus::core
