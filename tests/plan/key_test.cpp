// SPDX-License-Identifier: MIT
#include "plan/key.h"

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

constexpr plan::Mode kModes[] = {plan::Mode::ionian,     plan::Mode::dorian,  plan::Mode::lydian,
                           plan::Mode::mixolydian, plan::Mode::aeolian, plan::Mode::minor_pentatonic};

std::vector<plan::Key> all_keys() {
  std::vector<plan::Key> keys;
  for (int tonic = 0; tonic < 12; ++tonic) {
    for (const plan::Mode mode : kModes) keys.push_back({tonic, mode});
  }
  return keys;
}

int shared_notes(plan::Key a, plan::Key b) {
  int shared = 0;
  for (const int x : harmony_scale(a.mode)) {
    for (const int y : harmony_scale(b.mode)) shared += (a.tonic + x) % 12 == (b.tonic + y) % 12;
  }
  return shared;
}

}  // namespace

TEST_CASE("keys are told as a musician writes them") {
  CHECK(plan::describe({2, plan::Mode::dorian}) == "D dorian");
  CHECK(plan::describe({10, plan::Mode::minor_pentatonic}) == "Bb minor pentatonic");
}

TEST_CASE("each fifth between two keys is a note they do not share") {
  for (const plan::Key a : all_keys()) {
    for (const plan::Key b : all_keys()) {
      const int apart = plan::fifths_between(a, b);
      CHECK(apart == plan::fifths_between(b, a));
      CHECK(shared_notes(a, b) == std::max(7 - apart, 2));
    }
  }
  CHECK(plan::fifths_between({0, plan::Mode::ionian}, {9, plan::Mode::aeolian}) == 0);
  CHECK(plan::fifths_between({0, plan::Mode::ionian}, {7, plan::Mode::ionian}) == 1);
  CHECK(plan::fifths_between({0, plan::Mode::ionian}, {6, plan::Mode::ionian}) == 6);
}

TEST_CASE("the common chord is a triad of both keys, and the same both ways") {
  for (const plan::Key a : all_keys()) {
    for (const plan::Key b : all_keys()) {
      const auto triad = common_chord(a, b);
      CHECK(triad.has_value() == (plan::fifths_between(a, b) <= 2));
      CHECK(triad == common_chord(b, a));
      if (!triad) continue;
      for (const plan::Key key : {a, b}) {
        for (const int tone : *triad) {
          const auto scale = harmony_scale(key.mode);
          CHECK(std::any_of(scale.begin(), scale.end(),
                            [&](int step) { return (key.tonic + step) % 12 == tone; }));
        }
      }
    }
  }
}

TEST_CASE("a neighbouring key can be reached by a common chord") {
  for (const plan::Key from : all_keys()) {
    for (std::uint64_t draw = 0; draw < 20; ++draw) {
      const plan::Key other_tonic = neighbour_of(from, true, false, kModes, Random(draw));
      CHECK(other_tonic.tonic != from.tonic);
      CHECK(other_tonic.mode == from.mode);
      CHECK(common_chord(from, other_tonic));
      const plan::Key other_mode = neighbour_of(from, false, true, kModes, Random(draw));
      CHECK(other_mode.tonic == from.tonic);
      CHECK(common_chord(from, other_mode));
      const plan::Key other = neighbour_of(from, true, true, kModes, Random(draw));
      CHECK(other.tonic != from.tonic);
      CHECK(common_chord(from, other));
    }
  }
  const plan::Mode only[] = {plan::Mode::lydian};
  CHECK(neighbour_of({0, plan::Mode::lydian}, false, true, only, Random(1)) == plan::Key{0, plan::Mode::lydian});
}
