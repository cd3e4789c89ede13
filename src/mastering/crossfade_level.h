// SPDX-License-Identifier: MIT
// The loudness-held crossfade law for music whose level or correlation changes within the overlap:
// a decaying tail, an entry that swells, tones that beat against each other. The factor k of
// transition.h then is a curve instead of a formula.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audio/buffer.h"

namespace focus::core::mastering {

/// How finely levels are followed.
inline constexpr int kLevelBlocksPerSecond = 100;

/// The energies of both sides of an overlap in blocks of 10 ms: K-weighted mean squares, summed
/// over the channels.
struct OverlapEnergies {
  std::vector<float> old_energy;
  std::vector<float> new_energy;
  std::vector<float> product;  ///< the mean of old x new; negative where the two sides cancel
};

/// Measures an overlap. Both views must be equally long.
OverlapEnergies overlap_energies(audio::ConstAudioView old_tail, audio::ConstAudioView new_head,
                                 int sample_rate);

/// The K-weighted mean squares of the two bodies as a whole. The level at their ends may be very
/// different.
struct BodyEnergies {
  double old_body = 0.0;
  double new_body = 0.0;
};

/// The limit of k and of 1 / k.
inline constexpr double kMostBoost = 2.0;  // +-6 dB

/// The gain of the new side at position u of an equal-gain crossfade: p = (1 - cos(pi u)) / 2. The
/// old side's is 1 - p. Both are multiplied by k.
double crossfade_position(double u);

/// Returns k at equidistant positions over the overlap, one more than there are blocks. With this k
/// the loudness, averaged over about a second, starts at the level of the old side, moves to the
/// level of the bodies, and ends at the level of the new side. k is limited to +-6 dB and is 1 at
/// both ends.
std::vector<float> held_level(const OverlapEnergies& energies, const BodyEnergies& bodies);

/// The value of a curve of equidistant knots at position u in [0, 1], by cubic interpolation.
/// [audio-thread]
double level_at(std::span<const float> level, double u);

}  // namespace focus::core::mastering
