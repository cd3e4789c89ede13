// SPDX-License-Identifier: MIT
#include <set>

#include <catch2/catch.hpp>

#include "engines/studio/score/part.h"
#include "score_support.h"

using namespace focus::test;

TEST_CASE("Euclid's rhythm has its strokes where they belong") {
  int struck = 0;
  for (int step = 0; step < 16; ++step) struck += euclid(5, 16, step) ? 1 : 0;
  CHECK(struck == 5);
  CHECK(euclid(4, 16, 0));
  CHECK(euclid(4, 16, 4));
  CHECK_FALSE(euclid(4, 16, 2));
}

TEST_CASE("Euclid's rhythm spreads any number of strokes as evenly as can be") {
  for (const int steps : {8, 12, 16}) {
    for (int hits = 1; hits <= steps; ++hits) {
      std::vector<int> struck;
      for (int step = 0; step < steps; ++step) {
        if (euclid(hits, steps, step)) struck.push_back(step);
      }
      INFO(hits << " of " << steps);
      REQUIRE(static_cast<int>(struck.size()) == hits);
      int least = steps, most = 0;
      for (std::size_t i = 0; i < struck.size(); ++i) {
        const int next = struck[(i + 1) % struck.size()];
        const int gap = hits == 1 ? steps : wrap(next - struck[i], steps);
        least = std::min(least, gap);
        most = std::max(most, gap);
      }
      CHECK(most - least <= 1);
    }
    CHECK_FALSE(euclid(0, steps, 0));
  }
}

TEST_CASE(
    "percussion is what a goal can bear: none for rest, a soft pulse for work, a kit to move") {
  const auto sounds = [](plan::Goal goal, plan::Intensity intensity) {
    std::set<int> pitches;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      for (const Note& note : notes_of(brief_for(goal, intensity, 90.0, seed))) {
        if (note.layer == Layer::kit) pitches.insert(note.pitch);
      }
    }
    return pitches;
  };
  for (const plan::Intensity intensity : kIntensities) {
    CHECK(sounds(plan::Goal::relax, intensity).empty());
    CHECK(sounds(plan::Goal::sleep, intensity).empty());
    CHECK(sounds(plan::Goal::energize, intensity) == std::set<int>{kKick, kRim, kHat, kShaker});
  }
  CHECK(sounds(plan::Goal::focus, plan::Intensity::low).empty());
  CHECK(sounds(plan::Goal::focus, plan::Intensity::medium) == std::set<int>{kShaker});
  CHECK(sounds(plan::Goal::focus, plan::Intensity::high) == std::set<int>{kKick, kShaker});
}

TEST_CASE("the kick of the energetic goal is on the beat, and does not come every bar the same") {
  const plan::Brief brief = brief_for(plan::Goal::energize, plan::Intensity::medium, 120.0);
  int on_beat = 0, kicks = 0;
  std::map<int, std::vector<double>> bars;
  for (const Note& note : layer_of(notes_of(brief), Layer::kit)) {
    const int bar = static_cast<int>(std::floor(note.beat / 4.0));
    bars[bar].push_back(std::round(8.0 * (note.beat - 4.0 * bar)));
    if (note.pitch != kKick) continue;
    ++kicks;
    if (std::fabs(note.beat - std::round(note.beat)) < 0.05) ++on_beat;
  }
  REQUIRE(kicks > 60);
  CHECK(on_beat > 0.85 * kicks);
  std::set<std::vector<double>> different;
  for (const auto& [bar, strokes] : bars) different.insert(strokes);
  CHECK(different.size() > bars.size() / 2);
}
