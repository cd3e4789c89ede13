// SPDX-License-Identifier: MIT
// The material of melodies, see melody_tables.inc.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/random.h"

namespace focus::core::engines::studio {

/// A rhythm of eight steps.
struct Cell {
  static constexpr int kSteps = 8;
  static constexpr int kMaxNotes = 10;
  enum class Use { head, motion, close };

  Use use = Use::head;
  int count = 0;   ///< all notes
  int upbeat = 0;  ///< how many of them come before the first step
  std::array<std::int8_t, kMaxNotes> at{};
  std::array<std::int8_t, kMaxNotes> length{};
};

/// The height of notes above the first of them, in steps of the scale.
struct Contour {
  static constexpr int kNotes = 8;
  std::array<std::int8_t, kNotes> step{};
};

/// What is heard in one slot of a verse.
struct Token {
  enum class End { none, open, tonic };

  bool rest = true;
  Cell::Use use = Cell::Use::head;
  std::int8_t contour = 0;
  std::int8_t sequence = 0;  ///< 1: higher than the contour's last statement, -1: lower
  bool half = false;
  bool inverted = false;
  End end = End::none;
};

/// Some slots that belong together.
struct Verse {
  static constexpr int kMaxSlots = 6;
  enum class Use { antecedent, consequent, contrast, opening, closing };

  Use use = Use::antecedent;
  int size = 0;
  std::array<Token, kMaxSlots> tokens{};

  /// The same in another number of slots: rests are left out or added before anything else is.
  Verse in(int slots) const;
};

/// How many verses of a use there are, and one of them by number (modulo their number).
int verses_for(Verse::Use use);
const Verse& verse_of(Verse::Use use, int number);

/// A theme: the cells and contours of the tunes of a movement, and the form of its period.
struct Theme {
  double step_beats = 0.5;                                  ///< the length of a cell's step
  std::array<const Cell*, 2> heads{}, motions{}, closes{};  ///< of each the usual and another
  std::array<const Contour*, 3> contours{};
  bool upbeat_repeats = false;  ///< an upbeat repeats the first note; else it rises to it by step
  int home = 0;                 ///< on which tone of the tonic chord the theme begins
  int antecedent = 0, consequent = 0, contrast = 0, closing = 0;  ///< numbers of verses

  double slot_beats() const { return Cell::kSteps * step_beats; }
  const Cell& cell(Cell::Use use, bool other) const;
};

/// Draws a theme for music with so many notes of melody in a bar.
Theme draw_theme(const Random& random, double notes_per_bar);

}  // namespace focus::core::engines::studio
