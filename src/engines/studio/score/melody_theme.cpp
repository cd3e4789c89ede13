// SPDX-License-Identifier: MIT
#include "engines/studio/score/melody_theme.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <vector>

namespace focus::core::engines::studio {
namespace {

constexpr Cell parsed_cell(Cell::Use use, std::string_view text) {
  Cell cell;
  cell.use = use;
  const std::size_t bar = text.find('|');
  const int before = bar == std::string_view::npos ? 0 : static_cast<int>(bar);
  int step = -before;
  for (const char c : text) {
    if (c == '|') continue;
    const auto note = static_cast<std::size_t>(cell.count);
    if (c == 'x') {
      cell.at[note] = static_cast<std::int8_t>(step);
      cell.length[note] = 1;
      ++cell.count;
      if (step < 0) ++cell.upbeat;
    } else if (c == '-') {
      ++cell.length[note - 1];
    }
    ++step;
  }
  return cell;
}

constexpr Verse parsed_verse(Verse::Use use, std::string_view text) {
  Verse verse;
  verse.use = use;
  bool between = true;
  for (const char c : text) {
    if (c == ' ') {
      between = true;
      continue;
    }
    if (between) ++verse.size;
    between = false;
    Token& token = verse.tokens[static_cast<std::size_t>(verse.size - 1)];
    token.rest = c == '.';
    switch (c) {
      case 'a':
        token.use = Cell::Use::head;
        break;
      case 'b':
        token.use = Cell::Use::motion;
        break;
      case 'c':
        token.use = Cell::Use::close;
        break;
      case '1':
      case '2':
      case '3':
        token.contour = static_cast<std::int8_t>(c - '1');
        break;
      case '+':
        token.sequence = 1;
        break;
      case '-':
        token.sequence = -1;
        break;
      case 'h':
        token.half = true;
        break;
      case 'i':
        token.inverted = true;
        break;
      case '?':
        token.end = Token::End::open;
        break;
      case '!':
        token.end = Token::End::tonic;
        break;
      default:
        break;
    }
  }
  return verse;
}

#define VERSE(use, text)
#define CONTOUR(...)
#define CELL(use, text) parsed_cell(Cell::Use::use, text),
constexpr Cell kCells[] = {
#include "engines/studio/score/melody_tables.inc"
};
#undef CELL
#undef CONTOUR
#define CELL(use, text)
#define CONTOUR(...) Contour{{__VA_ARGS__}},
constexpr Contour kContours[] = {
#include "engines/studio/score/melody_tables.inc"
};
#undef CONTOUR
#undef VERSE
#define CONTOUR(...)
#define VERSE(use, text) parsed_verse(Verse::Use::use, text),
constexpr Verse kVerses[] = {
#include "engines/studio/score/melody_tables.inc"
};
#undef VERSE
#undef CONTOUR
#undef CELL

/// Draws a cell for a use, most likely one with about `notes` notes. `other_than` is not drawn.
const Cell* draw_cell(Random random, Cell::Use use, double notes, const Cell* other_than) {
  const auto weight = [&](const Cell& cell) {
    if (cell.use != use || &cell == other_than) return 0.0;
    const double away = std::fabs(cell.count - notes);
    return away > 2.0 ? 0.001 : 1.0 / (0.15 + away * away);
  };
  double total = 0.0;
  for (const Cell& cell : kCells) total += weight(cell);
  double rest = random.uniform() * total;
  const Cell* drawn = nullptr;
  for (const Cell& cell : kCells) {
    if (weight(cell) <= 0.0) continue;
    drawn = &cell;
    rest -= weight(cell);
    if (rest < 0.0) break;
  }
  return drawn;
}

/// Whether two contours begin in the same direction.
bool begin_alike(const Contour& one, const Contour& other) {
  const int a = one.step[1] + one.step[2] + one.step[3];
  const int b = other.step[1] + other.step[2] + other.step[3];
  return (a > 1) == (b > 1);
}

/// How many of the first `notes` notes repeat the one before.
int repeats_in(const Contour& contour, int notes) {
  int repeats = 0;
  for (std::size_t i = 1; i < static_cast<std::size_t>(std::min(notes, Contour::kNotes)); ++i) {
    if (contour.step[i] == contour.step[i - 1]) ++repeats;
  }
  return repeats;
}

/// What share of the slots is filled, on average over a movement.
constexpr double kFilled = 0.52;

}  // namespace

Verse Verse::in(int slots) const {
  Verse fitted = *this;
  const auto leave_out = [&](int slot) {
    for (int s = slot; s + 1 < fitted.size; ++s) {
      fitted.tokens[static_cast<std::size_t>(s)] = fitted.tokens[static_cast<std::size_t>(s + 1)];
    }
    --fitted.size;
    fitted.tokens[static_cast<std::size_t>(fitted.size)] = Token{};
  };
  while (fitted.size > slots) {
    int rest = fitted.size - 1;
    while (rest >= 0 && !fitted.tokens[static_cast<std::size_t>(rest)].rest) --rest;
    leave_out(rest >= 0 ? rest : std::max(0, fitted.size - 2));
  }
  fitted.size = std::min(slots, kMaxSlots);
  return fitted;
}

int verses_for(Verse::Use use) {
  return static_cast<int>(std::count_if(std::begin(kVerses), std::end(kVerses),
                                        [&](const Verse& verse) { return verse.use == use; }));
}

const Verse& verse_of(Verse::Use use, int number) {
  int left = number % verses_for(use);
  for (const Verse& verse : kVerses) {
    if (verse.use == use && left-- == 0) return verse;
  }
  return kVerses[0];
}

const Cell& Theme::cell(Cell::Use use, bool other) const {
  const auto& cells = use == Cell::Use::head ? heads : use == Cell::Use::motion ? motions : closes;
  return *cells[other ? 1 : 0];
}

Theme draw_theme(const Random& random, double notes_per_bar) {
  Theme theme;
  // A slot is one bar; where notes are few it is two.
  const int bars = notes_per_bar < 1.75 ? 2 : 1;
  theme.step_beats = 0.5 * bars;
  const double notes = std::clamp(notes_per_bar * bars / kFilled, 4.4, 6.5);
  Random draw = random.fork("cells");
  const auto cells = [&](Cell::Use use, double count, std::uint64_t label) {
    const Cell* usual = draw_cell(draw.fork(label), use, count, nullptr);
    return std::array<const Cell*, 2>{
        usual, draw_cell(draw.fork(label + 1), use, 0.5 * (count + usual->count), usual)};
  };
  theme.heads = cells(Cell::Use::head, notes, 0);
  theme.motions = cells(Cell::Use::motion, notes + 0.7, 2);
  theme.closes = cells(Cell::Use::close, notes - 1.0, 4);

  Random shapes = random.fork("contours");
  constexpr int kCount = static_cast<int>(std::size(kContours));
  const int most = std::max(theme.heads[0]->count, theme.motions[0]->count);
  for (int i = 0; i < 12; ++i) {
    for (const Contour*& contour : theme.contours) contour = &kContours[shapes.below(kCount)];
    const auto& [first, second, third] = theme.contours;
    if (second == third || first == third || begin_alike(*first, *second)) continue;
    const int repeats = repeats_in(*first, most) + repeats_in(*second, most);
    if (repeats == 1) break;
  }
  theme.upbeat_repeats = shapes.chance(0.4);
  theme.home = shapes.below(3);

  Random form = random.fork("form");
  theme.antecedent = form.below(verses_for(Verse::Use::antecedent));
  theme.consequent = form.below(verses_for(Verse::Use::consequent));
  theme.contrast = form.below(verses_for(Verse::Use::contrast));
  theme.closing = form.below(verses_for(Verse::Use::closing));
  return theme;
}

}  // namespace focus::core::engines::studio
