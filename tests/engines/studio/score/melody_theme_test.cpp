// SPDX-License-Identifier: MIT
// The material of melodies: what is drawn from the tables, and how verses are fitted.
#include "engines/studio/score/melody_theme.h"

#include <set>
#include <utility>

#include <catch2/catch.hpp>

using namespace focus::core;
using namespace focus::core::engines::studio;

namespace {

constexpr Verse::Use kVerseUses[] = {Verse::Use::antecedent, Verse::Use::consequent,
                                     Verse::Use::contrast, Verse::Use::opening,
                                     Verse::Use::closing};

int sounding(const Verse& verse) {
  int tokens = 0;
  for (int s = 0; s < verse.size; ++s)
    tokens += verse.tokens[static_cast<std::size_t>(s)].rest ? 0 : 1;
  return tokens;
}

}  // namespace

TEST_CASE("a cell's notes are in order and end with it") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Theme theme = draw_theme(Random(seed), 0.3 + 0.02 * static_cast<double>(seed));
    for (const Cell::Use use : {Cell::Use::head, Cell::Use::motion, Cell::Use::close}) {
      for (const bool other : {false, true}) {
        const Cell& cell = theme.cell(use, other);
        CHECK(cell.use == use);
        REQUIRE(cell.count > cell.upbeat);
        int end = -Cell::kSteps;
        for (std::size_t n = 0; n < static_cast<std::size_t>(cell.count); ++n) {
          CHECK(cell.at[n] >= end);
          CHECK((cell.at[n] < 0) == (static_cast<int>(n) < cell.upbeat));
          CHECK(cell.length[n] >= 1);
          end = cell.at[n] + cell.length[n];
        }
        CHECK(end <= Cell::kSteps);
      }
    }
  }
}

TEST_CASE("a theme has cells and contours to tell apart, and themes differ") {
  std::set<std::pair<const Cell*, const Contour*>> heads;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Theme theme = draw_theme(Random(seed), 2.5);
    CHECK(theme.heads[0] != theme.heads[1]);
    CHECK(theme.motions[0] != theme.motions[1]);
    CHECK(theme.contours[0] != nullptr);
    heads.emplace(theme.heads[0], theme.contours[0]);
  }
  CHECK(heads.size() >= 60);
}

TEST_CASE("where there are more notes, cells have more or are shorter") {
  double before = 0.0;
  for (const double per_bar : {1.2, 1.7, 2.5, 3.5}) {
    double notes_per_beat = 0.0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const Theme theme = draw_theme(Random(seed), per_bar);
      notes_per_beat += theme.heads[0]->count / theme.slot_beats();
    }
    INFO(per_bar);
    CHECK(notes_per_beat > before);
    before = notes_per_beat;
  }
}

TEST_CASE("a verse fits any number of slots and keeps its first and last gesture") {
  for (const Verse::Use use : kVerseUses) {
    REQUIRE(verses_for(use) > 0);
    for (int number = 0; number < verses_for(use); ++number) {
      const Verse& verse = verse_of(use, number);
      CHECK(verse.use == use);
      CHECK(verse.size >= 4);
      for (int slots = 0; slots <= Verse::kMaxSlots; ++slots) {
        const Verse fitted = verse.in(slots);
        CHECK(fitted.size == slots);
        CHECK(sounding(fitted) <= sounding(verse));
        if (use == Verse::Use::consequent && slots >= 2) {
          CHECK(fitted.tokens[0].use == verse.tokens[0].use);
          bool ends = false;
          for (const Token& token : fitted.tokens) ends |= token.end == Token::End::tonic;
          CHECK(ends);
        }
      }
    }
  }
}
