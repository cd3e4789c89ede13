// SPDX-License-Identifier: MIT
#include "engines/studio/score/groove.h"

#include <algorithm>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "engines/studio/score/note.h"

using namespace focus::core;
using namespace focus::core::engines::studio;

namespace {

constexpr KitFigure kKits[] = {KitFigure::shaker, KitFigure::kick_and_shaker, KitFigure::full};

bool has_line(const Groove& groove, StrokeRole role) {
  return std::any_of(groove.lines.begin(), groove.lines.end(),
                     [role](const GrooveLine& line) { return role_of_drum(line.sound) == role; });
}

}  // namespace

TEST_CASE("every kit has a groove in every metre at every tempo, and none without a kit") {
  for (const KitFigure kit : kKits) {
    for (const Metre metre : {Metre::straight, Metre::swung, Metre::three_four, Metre::six_eight}) {
      for (int bpm = 60; bpm <= 240; bpm += 3) {
        const Groove* groove = choose_groove(kit, metre, bpm, Random(7));
        INFO("kit " << static_cast<int>(kit) << ", " << bpm << " bpm");
        REQUIRE(groove != nullptr);
        CHECK(groove->kit == kit);
        CHECK(groove->metre == metre);
        const bool three = metre == Metre::three_four || metre == Metre::six_eight;
        CHECK(groove->steps() == (three ? 12 : 16));
      }
    }
  }
  CHECK(choose_groove(KitFigure::none, Metre::straight, 100.0, Random(7)) == nullptr);
}

TEST_CASE("fast music breaks the beat or halves it, and the four to the floor has its tempo") {
  std::set<std::string_view> fast, dance;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    fast.insert(choose_groove(KitFigure::full, Metre::straight, 174.0, Random(seed))->name);
    dance.insert(choose_groove(KitFigure::full, Metre::straight, 124.0, Random(seed))->name);
  }
  CHECK(fast == std::set<std::string_view>{"drum_and_bass", "breakbeat", "half_time"});
  CHECK(dance.count("house") == 1);
  CHECK(dance.count("disco") == 1);
  CHECK(dance.count("drum_and_bass") == 0);
}

TEST_CASE("a groove has a floor, a backbeat, and something that keeps time, from the first on") {
  for (const Groove& groove : all_grooves()) {
    INFO(groove.name);
    CHECK(has_line(groove, StrokeRole::time));
    const bool is_shaker = groove.kit == KitFigure::shaker;
    CHECK(has_line(groove, StrokeRole::kick) != is_shaker);
    CHECK(has_line(groove, StrokeRole::backbeat) != is_shaker);
    for (const GrooveLine& line : groove.lines) {
      CHECK(line.from < line.to);
      if (line.sound != kKick) continue;
      CHECK(line.from == 0.0);
      CHECK(stroke_of(line.bar(0).front()) > 0.0);
    }
    // Whatever the tension, something keeps time.
    for (double tension = 0.0; tension <= 1.0; tension += 0.01) {
      CHECK(std::any_of(groove.lines.begin(), groove.lines.end(), [&](const GrooveLine& line) {
        return role_of_drum(line.sound) == StrokeRole::time && line.from <= tension &&
               tension < line.to;
      }));
    }
  }
}

TEST_CASE("more tension is more strokes") {
  for (const Groove& groove : all_grooves()) {
    const auto strokes = [&](double tension) {
      int count = 0;
      for (const GrooveLine& line : groove.lines) {
        if (line.from > tension || tension >= line.to) continue;
        const std::string_view bar = line.bar(0);
        count += static_cast<int>(
            bar.size() - static_cast<std::size_t>(std::count(bar.begin(), bar.end(), '.')));
      }
      return count;
    };
    INFO(groove.name);
    CHECK(strokes(0.95) >= strokes(0.05));
    if (groove.kit == KitFigure::full) CHECK(strokes(0.6) > strokes(0.0));
  }
}

TEST_CASE("two bars take turns, and every fourth bar may be another") {
  const GrooveLine line{kKick, 0.0, 9.0, "X...............|..X.............", "x..............."};
  CHECK(line.bar(0).front() == 'X');
  CHECK(line.bar(1).front() == '.');
  CHECK(line.bar(2) == line.bar(0));
  CHECK(line.bar(3).front() == 'x');
  CHECK(line.bar(4) == line.bar(0));
  CHECK(bar_of("ab|cd|ef", 5) == "ef");
}

TEST_CASE("a fill begins where it says, has something to say there, and fits a kit of its size") {
  for (const Fill& fill : all_fills()) {
    INFO(fill.name);
    bool begins = false;
    for (const FillLine& line : fill.lines) {
      for (std::size_t step = 0; step < line.bars.size(); ++step) {
        const bool struck = line.bars[step] != '.';
        if (struck) CHECK(static_cast<int>(step) >= fill.from);
        begins = begins || struck;
      }
    }
    CHECK(begins);
  }
  for (const Groove& groove : all_grooves()) {
    const Fill* fill = choose_fill(all_fills(), groove, 2, Random(3));
    if (groove.metre == Metre::straight) REQUIRE(fill != nullptr);
    if (fill != nullptr) CHECK(fill->steps() == groove.steps());
  }
}

TEST_CASE("a drum machine's swing is its per cent, and nobody swings twice") {
  const Groove* house = nullptr;
  for (const Groove& groove : all_grooves()) {
    if (groove.name == "house") house = &groove;
    for (int step = 0; step < 16; ++step) {
      const double late = groove.feel->late(StrokeRole::time, step, 1.0);
      CHECK(late < 0.08);
      CHECK(late > -0.03);
    }
  }
  REQUIRE(house != nullptr);
  // 54 %: the second sixteenth of an eighth (half a beat) comes at 0.54 of it.
  CHECK(house->feel->late(StrokeRole::kick, 1, 1.0) == Approx(0.02).margin(0.001));
  CHECK(house->feel->late(StrokeRole::kick, 2, 1.0) == 0.0);
  Style style;
  CHECK(straightness(style) == 1.0);
  style.swing = 0.7;
  CHECK(straightness(style) == 0.0);
}
