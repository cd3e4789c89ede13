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

namespace {

std::vector<Note> kit_of(plan::Goal goal, plan::Intensity intensity, double seconds,
                         std::uint64_t seed) {
  return layer_of(notes_of(brief_for(goal, intensity, seconds, seed)), Layer::kit);
}

/// The sounds of each bar from the first to the last, with the sixteenth that they are nearest to.
std::vector<std::set<std::pair<int, int>>> bars_of_kit(const std::vector<Note>& kit) {
  std::vector<std::set<std::pair<int, int>>> bars;
  if (kit.empty()) return bars;
  const auto first = static_cast<std::int64_t>(std::floor(kit.front().beat / 4.0));
  for (const Note& note : kit) {
    const auto sixteenth = static_cast<std::int64_t>(std::floor(4.0 * note.beat + 0.25));
    const auto bar = static_cast<std::size_t>(sixteenth / 16 - first);
    if (bar >= bars.size()) bars.resize(bar + 1);
    bars[bar].insert({note.pitch, static_cast<int>(sixteenth % 16)});
  }
  return bars;
}

bool has_sound(const std::set<std::pair<int, int>>& bar, int sound) {
  return std::any_of(bar.begin(), bar.end(), [=](const auto& hit) { return hit.first == sound; });
}

}  // namespace

TEST_CASE(
    "percussion is what a goal can bear: none for rest, a soft pulse for work, a kit to move") {
  const auto sounds = [](plan::Goal goal, plan::Intensity intensity) {
    std::set<int> pitches;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      for (const Note& note : kit_of(goal, intensity, 120.0, seed)) pitches.insert(note.pitch);
    }
    return pitches;
  };
  for (const plan::Intensity intensity : kIntensities) {
    CHECK(sounds(plan::Goal::relax, intensity).empty());
    CHECK(sounds(plan::Goal::sleep, intensity).empty());
    const std::set<int> kit = sounds(plan::Goal::energize, intensity);
    for (const int sound : {kKick, kHat, kOpenHat, kShaker, kCrash}) CHECK(kit.count(sound) == 1);
    CHECK(kit.count(kSnare) + kit.count(kClap) > 0);
    CHECK(kit.size() >= 7);
  }
  CHECK(sounds(plan::Goal::focus, plan::Intensity::low).empty());
  CHECK(sounds(plan::Goal::focus, plan::Intensity::medium) == std::set<int>{kShaker});
  const std::set<int> soft = sounds(plan::Goal::focus, plan::Intensity::high);
  for (const int sound : {kKick, kShaker, kRim}) CHECK(soft.count(sound) == 1);
  CHECK(soft.count(kCrash) == 0);  // nothing that startles
}

TEST_CASE("the kick of the energetic goal rests in breaks of four to eight bars and nowhere else") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto bars = bars_of_kit(kit_of(plan::Goal::energize, plan::Intensity::high, 240.0, seed));
    INFO("seed " << seed);
    REQUIRE(bars.size() > 80);
    std::size_t silent = 0, with_kick = 0;
    for (std::size_t bar = 0; bar < bars.size(); ++bar) {
      if (!has_sound(bars[bar], kKick)) {
        ++silent;
        continue;
      }
      ++with_kick;
      const bool is_whole = silent < bar;  // else the excerpt began within the break
      if (silent > 0 && is_whole) CHECK((silent == 4 || silent == 8));
      silent = 0;
    }
    CHECK(with_kick > 3 * bars.size() / 4);
  }
}

TEST_CASE("drums hold a groove, turn in the fourth bar, and fill before a new phrase") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const auto bars =
        bars_of_kit(kit_of(plan::Goal::energize, plan::Intensity::medium, 180.0, seed));
    INFO("seed " << seed);
    std::map<std::set<std::pair<int, int>>, int> kinds;
    int backbeats = 0;
    std::vector<int> ends;  // strokes of snare and toms in the second half of each bar
    for (const auto& bar : bars) {
      ++kinds[bar];
      const auto strikes = [&](int step) {
        return bar.count({kSnare, step}) + bar.count({kClap, step}) > 0;
      };
      if ((strikes(4) && strikes(12)) || strikes(8)) ++backbeats;
      int second_half = 0;
      for (const auto& [sound, step] : bar) {
        const bool is_tom = sound == kLowTom || sound == kMidTom || sound == kHighTom;
        if (step >= 8 && (is_tom || sound == kSnare || sound == kClap)) ++second_half;
      }
      ends.push_back(second_half);
    }
    const auto size = static_cast<int>(bars.size());
    std::vector<int> sorted = ends;
    std::sort(sorted.begin(), sorted.end());
    const int usual = sorted[sorted.size() / 2];
    const auto fills =
        std::count_if(ends.begin(), ends.end(), [&](int end) { return end >= usual + 2; });
    CHECK(static_cast<int>(kinds.size()) > 6);
    CHECK(static_cast<int>(kinds.size()) < size / 2);
    CHECK(backbeats > size / 2);
    CHECK(fills >= size / 32);
    CHECK(fills <= size / 3);
  }
}

TEST_CASE("no stroke comes before its bar, and a crash only on a first beat") {
  for (const plan::Intensity intensity : kIntensities) {
    int crashes = 0;
    for (const Note& note : kit_of(plan::Goal::energize, intensity, 240.0, 3)) {
      const double step = 4.0 * note.beat;
      CHECK(std::fabs(step - std::round(step)) < 0.3);
      if (note.pitch != kCrash) continue;
      ++crashes;
      const double in_bar = note.beat - 4.0 * std::floor(note.beat / 4.0);
      CHECK(in_bar < 0.05);
    }
    CHECK(crashes >= 1);
    CHECK(crashes <= 16);
  }
}
