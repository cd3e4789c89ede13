// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "plan/key.h"

namespace focus::core::engines::studio {

/// The number of voices of a chord, without the bass.
inline constexpr std::size_t kChordVoices = 4;

/// A chord without octaves. Pitch classes are 0 to 11, from C.
struct Chord {
  /// Four tones to play, and what it costs to choose them. The root may be missing: the bass has
  /// it.
  struct Colour {
    std::array<int, kChordVoices> classes{};
    double cost = 0.0;
  };

  int root = 0;
  int bass = 0;  ///< of the bass: the root, unless the chord is inverted or over a pedal point
  std::vector<Colour> colours;  ///< at least one
  /// The scale of melodies over it: the key's, with the chord's own chromatic tones.
  std::array<int, 7> scale{};
};

/// Reads a chord such as "bVImaj7" or "V7>ii:3" (see progressions.inc) in a key. Colours with a
/// ninth are preferred if `rich`. Nothing if it is written in another way.
std::optional<Chord> read_chord(std::string_view text, plan::Key key, bool rich);
/// A triad of three pitch classes as a chord in the key.
Chord chord_of(const std::array<int, 3>& triad, plan::Key key);
/// The dominant seventh chord that leads to `tonic`, in the key that is left.
Chord dominant_of(int tonic, plan::Key key);

}  // namespace focus::core::engines::studio
