// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engines/studio/score/palette.h"
#include "engines/studio/score/phrases.h"

namespace focus::core::engines::studio {

/// A chord with its voices at definite pitches.
struct VoicedChord {
  static constexpr std::size_t kVoices = 4;
  int degree = 0;                      ///< of its root in the scale, 0 to 6
  std::array<int, kVoices> pitches{};  ///< ascending
  std::int64_t bar = 0;                ///< absolute number of its first bar
  int bars = 1;

  bool contains(int pitch) const;
  double start_beat() const { return 4.0 * static_cast<double>(bar); }
  double end_beat() const { return 4.0 * static_cast<double>(bar + bars); }
};

/// The chord progression. Each phrase is a function of its absolute number. It begins with the
/// anchor (the tonic chord in its one voicing), moves each voice as little as possible from chord
/// to chord, and leads back to the anchor at its end.
class Harmony {
 public:
  Harmony(const plan::Brief& brief, const Style& style, const Palette& palette,
          const plan::Movement& movement);

  std::vector<VoicedChord> phrase(const PhrasePlace& place) const;
  /// Returns `triad` in a voicing close to `chord`, and with its place: the pivot chord of a
  /// modulation.
  VoicedChord passing(const plan::Triad& triad, const VoicedChord& chord) const;
  const VoicedChord& anchor() const { return anchor_; }
  /// The pitch class of the root of a degree.
  int root_class(int degree) const;

 private:
  using Degrees = std::vector<int>;
  Degrees draw_progression(Random random) const;
  int substitute_for(int degree, Random random) const;
  /// A choice of four pitch classes for a chord, and its cost.
  struct Colour {
    std::array<int, VoicedChord::kVoices> classes;
    double cost;
  };
  std::vector<Colour> colours_of(int degree, bool ninth) const;
  /// Voice leading: returns the cheapest voicing of a chord. It tries each of `colours` with its
  /// four tones in all combinations of three octaves. The cost is the colour's cost, plus that of
  /// the spacing (clusters, mud in the bass, gaps), plus the distance that the voices move from
  /// `from` (null: none), plus the distance from the middle of the pads' register. For the last
  /// chord of a phrase `towards` is the first chord of the next one, to which the voices should
  /// have a short way too.
  VoicedChord voice(int degree, const std::vector<Colour>& colours, const VoicedChord* from,
                    const VoicedChord* towards) const;

  Random random_;
  Palette palette_;
  double substitution_;
  double stillness_;  ///< the cost of two tones that beat fast against each other
  std::array<int, 7> scale_;
  Degrees degrees_;  ///< the degrees of this mode that may carry a chord
  std::array<Degrees, 3> progressions_;
  VoicedChord anchor_;
};

}  // namespace focus::core::engines::studio
