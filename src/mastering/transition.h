// SPDX-License-Identifier: MIT
// The crossfade as a pure function of two neighbouring segments. It is computed once, off the audio
// thread, and then applied sample by sample on the audio thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "audio/buffer.h"
#include "mastering/crossfade_level.h"

namespace focus::core::mastering {

/// The gains of the old and the new side at position u of the overlap, with p = (1 - cos(pi u)) /
/// 2.
enum class CrossfadeCurve {
  equal_power,    ///< cos and sin of pi u / 2: if one side is silent
  equal_gain,     ///< 1 - p and p: only if the caller asks for it
  loudness_held,  ///< (1 - p) k and p k, where k depends on both levels and their correlation
  same_piece,     ///< 1 - p and p: both sides are the same music, which continues
};
std::string_view name_of(CrossfadeCurve curve);

struct CrossfadeGains {
  float out = 1.0f;  ///< for the old side
  float in = 0.0f;   ///< for the new side; negative if its polarity is inverted
};

/// The parameters of a crossfade. With sA and sB the K-weighted RMS levels of the old and the new
/// side in the overlap, and r their correlation, the sum of the sides with gains 1 - p and p has
/// the RMS level sqrt(p^2 sB^2 + (1 - p)^2 sA^2 + 2 r p (1 - p) sA sB). The level that is wanted is
/// p sB + (1 - p) sA, which moves evenly from the old side's to the new side's. Hence
///   k(p) = (p sB + (1 - p) sA) / sqrt(p^2 sB^2 + (1 - p)^2 sA^2 + 2 r p (1 - p) sA sB),
/// limited to +-6 dB. For sA = sB, r = 0 gives an equal-power crossfade and r = 1 an equal-gain one
/// (after Olli Niemitalo's equal-power crossfade of correlated signals).
struct Transition {
  CrossfadeCurve curve = CrossfadeCurve::equal_power;
  std::int64_t frames = 0;   ///< the length of the overlap
  double correlation = 0.0;  ///< K-weighted, -1 ... 1; before any inversion
  double old_level = 0.0;    ///< sA, linear
  double new_level = 0.0;    ///< sB
  /// k at equidistant positions from 0 to `frames`, if the levels change within the overlap (see
  /// held_level()). Empty: k is computed from the formula.
  std::vector<float> level;
  /// Which parts of the overlap are faded. Only loudness_held has another one than the default.
  CrossfadeShape shape;
  /// The two sides would cancel each other, so the polarity of the new side is inverted, in the
  /// overlap and to its end. From then on a player must invert everything that follows, including
  /// the result of the next transition, until it reaches another transition with this flag.
  bool invert_new = false;
  double deepest_trim_db = 0.0;  ///< the most by which the sum is lowered to hold the ceiling, >= 0
  /// The smooth gain that lowers it, at equidistant positions from 0 to `frames` (1 at both ends),
  /// interpolated linearly. Empty: not needed.
  std::vector<float> trim;

  /// Returns the gains at position u in [0, 1]. [audio-thread]
  CrossfadeGains gains_at(double u) const;

  /// Mixes a part of the overlap: `old_part` and `new_part` begin `offset` frames after its start
  /// and are as long as `out`. `out` may be the same memory as either. The samples do not depend on
  /// how the overlap is divided into parts. [audio-thread]
  void mix_crossfade(audio::ConstAudioView old_part, audio::ConstAudioView new_part,
                     std::int64_t offset, audio::AudioView out) const;
};

/// What is known of the two bodies beyond the overlap.
struct BodySettings {
  BodyEnergies bodies;
  bool invert_new = false;    ///< from find_alignment()
  CrossfadeShape shape = {};  ///< from find_joint()
};

/// Computes the transition for an overlap in which `old_tail` and `new_head` sound together; both
/// have the same length and channels. The sum holds the ceiling if each side does. If `curve` is
/// given, it is used regardless of the music.
Transition find_transition(audio::ConstAudioView old_tail, audio::ConstAudioView new_head,
                           int sample_rate, double ceiling_dbtp,
                           std::optional<CrossfadeCurve> curve = std::nullopt);

/// The same for two bodies whose loudness is known: the polarity is given, and k follows the levels
/// through the overlap.
Transition find_transition(audio::ConstAudioView old_tail, audio::ConstAudioView new_head,
                           int sample_rate, double ceiling_dbtp, const BodySettings& settings);

}  // namespace focus::core::mastering
