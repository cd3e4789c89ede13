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

/// A part of an overlap, from 0 to 1.
struct OverlapSpan {
  double from = 0.0;
  double to = 1.0;

  /// 0 before the part, 1 after it, and evenly in between.
  double progress_at(double u) const;
};

/// How the two sides of an overlap come and go. By default both are faded over all of it. A side
/// that decays or swells by itself is kept as it is, so that it is not faded twice.
struct CrossfadeShape {
  bool keep_old = false;
  bool keep_new = false;
  OverlapSpan fade_out;  ///< where the old side is faded; the new side's fade is `fade_in`
  OverlapSpan fade_in;
  OverlapSpan held;  ///< outside of this part k is 1

  /// The gains of both sides without k.
  double out_at(double u) const;
  double in_at(double u) const;
};

/// Returns k at equidistant positions over the overlap, one more than there are blocks. With this k
/// the loudness, averaged over about a second, starts at the level that there is at the beginning
/// of the part that is held (usually the old side's alone), moves to the level of the bodies, and
/// ends at the level at the end of that part. k is limited to +-6 dB and is 1 at both ends.
std::vector<float> held_level(const OverlapEnergies& energies, const BodyEnergies& bodies,
                              const CrossfadeShape& shape = {});

/// The value of a curve of equidistant knots at position u in [0, 1], by cubic interpolation.
/// [audio-thread]
double level_at(std::span<const float> level, double u);

}  // namespace focus::core::mastering
