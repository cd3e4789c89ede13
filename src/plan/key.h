// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/random.h"

namespace focus::core {

enum class Mode { ionian, dorian, lydian, mixolydian, aeolian, minor_pentatonic };
std::string_view name_of(Mode mode);

/// The seven degrees on which chords are built, in semitones above the tonic. The pentatonic mode
/// borrows aeolian harmony; only its melody has five notes.
std::array<int, 7> harmony_scale(Mode mode);

/// A tonic as a pitch class (0 = C ... 11 = B) and the mode on it.
struct Key {
  int tonic = 0;
  Mode mode = Mode::dorian;
  bool operator==(const Key&) const = default;
};
/// "D dorian"
std::string describe(Key key);

/// How many fifths apart two keys' scales lie, 0 to 6: how many notes they do not share.
int fifths_between(Key a, Key b);

/// The pitch classes of a major or minor triad: root, third, fifth.
using Triad = std::array<int, 3>;
/// The chord by which one passes from one key to the other: a triad of both scales, the same in
/// either direction. There is one wherever the scales are at most two fifths apart.
std::optional<Triad> common_chord(Key a, Key b);

/// A key to go to from `from`: another tonic where `new_tonic`, another of `modes` where `new_mode`
/// (it may come to be the same). Never so far that no chord is common to both, unless `modes` leave
/// no choice.
Key neighbour_of(Key from, bool new_tonic, bool new_mode, std::span<const Mode> modes,
                 Random random);

}  // namespace focus::core
