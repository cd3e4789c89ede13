// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engines/studio/score/palette.h"

namespace focus::core::studio {

/// A chord as it is laid out on the keyboard.
struct VoicedChord {
  static constexpr std::size_t kVoices = 4;
  int degree = 0;                      ///< of its root on the scale, 0 to 6
  std::array<int, kVoices> pitches{};  ///< rising
  std::int64_t bar = 0;                ///< absolute
  int bars = 1;

  bool contains(int pitch) const;
  double start_beat() const { return 4.0 * static_cast<double>(bar); }
  double end_beat() const { return 4.0 * static_cast<double>(bar + bars); }
};

/// The walk through the chords. A phrase is a function of its absolute number: it starts from the
/// anchor (the tonic chord in its one voicing), moves every voice as little as it can, and turns
/// back towards the anchor at its end.
class Harmony {
 public:
  Harmony(const Brief& brief, const Style& style, const Palette& palette);

  std::vector<VoicedChord> phrase(std::int64_t number) const;
  /// A triad laid out for the place of `chord`, which it replaces: by it one passes to another key.
  VoicedChord passing(const Triad& triad, const VoicedChord& chord) const;
  std::int64_t phrase_of_bar(std::int64_t bar) const;
  const VoicedChord& anchor() const { return anchor_; }
  /// The pitch class of a degree's root.
  int root_class(int degree) const;

 private:
  using Degrees = std::vector<int>;
  Degrees draw_progression(Random random) const;
  int substitute_for(int degree, Random random) const;
  /// The tones a chord may be made of, and how far each choice is from what is wanted.
  struct Colour {
    std::array<int, VoicedChord::kVoices> classes;
    double cost;
  };
  std::vector<Colour> colours_of(int degree, bool ninth) const;
  /// The layout nearest to `from`; the last chord of a phrase leans `towards` the next one's.
  VoicedChord voice(int degree, const std::vector<Colour>& colours, const VoicedChord* from,
                    const VoicedChord* towards) const;

  Random random_;
  Palette palette_;
  double substitution_;
  double stillness_;  ///< what tones cost that throb against each other
  std::array<int, 7> scale_;
  Degrees degrees_;  ///< that may carry a chord in this mode
  std::array<Degrees, 3> progressions_;
  VoicedChord anchor_;
};

}  // namespace focus::core::studio
