// SPDX-License-Identifier: MIT
// The crossfade as a pure function of two neighbours: found once, off the audio thread, then mixed
// sample by sample on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "audio/buffer.h"
#include "mastering/crossfade_level.h"

namespace focus::core {

/// With u the position in the overlap, p = (1 - cos(pi u)) / 2:
enum class CrossfadeCurve {
  equal_power,    ///< cos and sin of pi u / 2: one of the two is silent, so nothing can be measured
  equal_gain,     ///< 1 - p and p: only if it is asked for
  loudness_held,  ///< (1 - p) k and p k, k from the two levels and their correlation
  same_piece,     ///< 1 - p and p: both sides are the same music, going on
};
std::string_view name_of(CrossfadeCurve curve);

struct CrossfadeGains {
  float out = 1.0f;  ///< of the old one
  float in = 0.0f;   ///< of the new one; negative where its polarity is inverted
};

/// With sA, sB the K-weighted RMS of old and new over the overlap and r their correlation,
///   k(p) = (p sB + (1 - p) sA) / sqrt(p^2 sB^2 + (1 - p)^2 sA^2 + 2 r p (1 - p) sA sB),
/// within +-6 dB, so that the loudness moves evenly from one body's to the other's whatever the
/// correlation (after Olli Niemitalo's equal-power crossfade of correlated signals).
struct Transition {
  CrossfadeCurve curve = CrossfadeCurve::equal_power;
  std::int64_t frames = 0;   ///< the overlap
  double correlation = 0.0;  ///< K-weighted, -1 ... 1, as found: before any inversion
  double old_level = 0.0;    ///< sA, linear
  double new_level = 0.0;    ///< sB
  /// k at positions evenly spread from 0 to `frames`, where it follows levels that move within the
  /// overlap; empty where it is the formula's.
  std::vector<float> level;
  /// The two cancel each other: the new one is mixed with its polarity inverted, here and to its
  /// end. Whoever plays on must turn the polarity of all that follows (that of the next transition
  /// included) each time it meets one of these.
  bool invert_new = false;
  double deepest_trim_db = 0.0;  ///< the most the sum is lowered to stay under the ceiling, >= 0
  /// The smooth gain that does so, at positions evenly spread from 0 to `frames` (1 at both),
  /// linear in between; empty where none is needed.
  std::vector<float> trim;

  /// For u in [0, 1]. [audio-thread]
  CrossfadeGains gains_at(double u) const;

  /// Mixes any part of the overlap: `old_part` and `new_part` begin `offset` frames into it and are
  /// as long as `out`, which may be either of them. The samples are the same however the overlap is
  /// cut into parts. [audio-thread]
  void mix_crossfade(ConstAudioView old_part, ConstAudioView new_part, std::int64_t offset,
                     AudioView out) const;
};

/// What a transition between two bodies of which more is known than their overlap goes by.
struct BodySettings {
  BodyEnergies bodies;
  bool invert_new = false;  ///< as an alignment found it
};

/// The transition over an overlap in which `old_tail` and `new_head`, of equal length and channels,
/// sound at once. Their sum holds the ceiling, if each of them does. `curve`, if given, is used
/// whatever the music says.
Transition find_transition(ConstAudioView old_tail, ConstAudioView new_head, int sample_rate,
                           double ceiling_dbtp, std::optional<CrossfadeCurve> curve = std::nullopt);

/// The same, with the new one's polarity as it was found, and the level followed through the
/// overlap.
Transition find_transition(ConstAudioView old_tail, ConstAudioView new_head, int sample_rate,
                           double ceiling_dbtp, const BodySettings& settings);

}  // namespace focus::core
