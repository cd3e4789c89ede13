// SPDX-License-Identifier: MIT
#include "plan/key.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace focus::core::plan {
namespace {

constexpr std::array<std::string_view, 12> kPitchNames = {"C",  "C#", "D",  "Eb", "E",  "F",
                                                          "F#", "G",  "Ab", "A",  "Bb", "B"};
constexpr std::array<std::string_view, 6> kModeNames = {
    "ionian", "dorian", "lydian", "mixolydian", "aeolian", "minor pentatonic"};
constexpr int kFarthest = 2;  // fifths; keys further apart have no common triad

/// The position of the mode's scale on C.
int position_of(Mode mode) {
  switch (mode) {
    case Mode::lydian:
      return 1;
    case Mode::ionian:
      return 0;
    case Mode::mixolydian:
      return -1;
    case Mode::dorian:
      return -2;
    case Mode::aeolian:
    case Mode::minor_pentatonic:
      break;
  }
  return -3;
}

bool in_scale(Key key, int pitch_class) {
  const auto scale = harmony_scale(key.mode);
  return std::any_of(scale.begin(), scale.end(),
                     [&](int step) { return (key.tonic + step) % 12 == pitch_class % 12; });
}

}  // namespace

std::string_view name_of(Mode mode) { return kModeNames[static_cast<std::size_t>(mode)]; }

std::array<int, 7> harmony_scale(Mode mode) {
  switch (mode) {
    case Mode::ionian:
      return {0, 2, 4, 5, 7, 9, 11};
    case Mode::dorian:
      return {0, 2, 3, 5, 7, 9, 10};
    case Mode::lydian:
      return {0, 2, 4, 6, 7, 9, 11};
    case Mode::mixolydian:
      return {0, 2, 4, 5, 7, 9, 10};
    case Mode::aeolian:
    case Mode::minor_pentatonic:
      break;
  }
  return {0, 2, 3, 5, 7, 8, 10};
}

std::string describe(Key key) {
  std::string text(kPitchNames[static_cast<std::size_t>(key.tonic)]);
  text += ' ';
  text += name_of(key.mode);
  return text;
}

int position_on_circle(Key key) { return (key.tonic * 7 + position_of(key.mode) + 12) % 12; }

Key key_on_circle(int position, Mode mode) {
  // Seven fifths up are a semitone up, and seven is its own inverse modulo twelve.
  const int fifths = (position - position_of(mode)) % 12;
  return {(fifths * 7 % 12 + 12) % 12, mode};
}

int fifths_between(Key a, Key b) {
  const int apart = std::abs(position_on_circle(a) - position_on_circle(b));
  return std::min(apart, 12 - apart);
}

std::optional<Triad> common_chord(Key a, Key b) {
  // Prefers the triad whose root is closest to both tonics on the circle of fifths: it is the
  // clearest in both keys.
  std::optional<Triad> best;
  int best_distance = 99;
  for (int root = 0; root < 12; ++root) {
    for (const int third : {3, 4}) {
      const Triad triad = {root, (root + third) % 12, (root + 7) % 12};
      const bool common = std::all_of(triad.begin(), triad.end(), [&](int tone) {
        return in_scale(a, tone) && in_scale(b, tone);
      });
      if (!common) continue;
      const auto from_tonic = [&](Key key) {
        const int apart = ((root - key.tonic + 12) % 12) * 7 % 12;
        return std::min(apart, 12 - apart);
      };
      const int distance = from_tonic(a) + from_tonic(b);
      if (distance < best_distance) {
        best_distance = distance;
        best = triad;
      }
    }
  }
  return best;
}

Key neighbour_of(Key from, bool new_tonic, bool new_mode, std::span<const Mode> modes,
                 Random random) {
  std::vector<Key> near, any;
  for (int tonic = 0; tonic < 12; ++tonic) {
    if (new_tonic ? tonic == from.tonic : tonic != from.tonic) continue;
    for (const Mode mode : modes) {
      if (!new_mode && mode != from.mode) continue;
      any.push_back({tonic, mode});
      if (fifths_between(from, any.back()) <= kFarthest) near.push_back(any.back());
    }
  }
  const std::vector<Key>& choice = near.empty() ? any : near;
  if (choice.empty()) return from;
  return choice[static_cast<std::size_t>(random.below(static_cast<int>(choice.size())))];
}

}  // namespace focus::core::plan
