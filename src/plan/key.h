// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/random.h"

namespace focus::core::plan {

enum class Mode { ionian, dorian, lydian, mixolydian, aeolian, minor_pentatonic };
std::string_view name_of(Mode mode);

/// The seven degrees on which chords are built, in semitones above the tonic. The pentatonic mode
/// uses the chords of aeolian; only its melodies have five notes.
std::array<int, 7> harmony_scale(Mode mode);

/// A tonic as a pitch class (0 = C ... 11 = B) and the mode on it.
struct Key {
  int tonic = 0;
  Mode mode = Mode::dorian;
  bool operator==(const Key&) const = default;
};
/// "D dorian"
std::string describe(Key key);

/// The position of the key's scale on the circle of fifths, 0 to 11; C ionian is 0.
int position_on_circle(Key key);
/// The key in `mode` whose scale has a position on the circle of fifths; any whole number.
Key key_on_circle(int position, Mode mode);

/// The distance of two scales on the circle of fifths, 0 to 6. It is the number of notes that they
/// do not share.
int fifths_between(Key a, Key b);

/// The pitch classes of a major or minor triad: root, third, fifth.
using Triad = std::array<int, 3>;
/// The pivot chord of a modulation: a triad that belongs to both scales. Symmetric in its
/// arguments. It exists if the scales are at most two fifths apart.
std::optional<Triad> common_chord(Key a, Key b);

/// Draws a new key: with another tonic if `new_tonic`, with a mode out of `modes` if `new_mode` (it
/// may be the same). Keys that share a triad with `from` are preferred; others are drawn only if
/// `modes` allow none of them.
Key neighbour_of(Key from, bool new_tonic, bool new_mode, std::span<const Mode> modes,
                 Random random);

}  // namespace focus::core::plan
