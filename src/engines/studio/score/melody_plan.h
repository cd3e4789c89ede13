// SPDX-License-Identifier: MIT
// Which gestures the melody of a phrase has, and when: its form without its pitches.
#pragma once

#include <vector>

#include "engines/studio/score/melody_theme.h"
#include "engines/studio/score/part.h"

namespace focus::core::engines::studio {

/// A cell with a contour: some notes that are placed together.
struct Gesture {
  double start = 0.0;  ///< the beat of the cell's first step
  double step_beats = 0.5;
  const Cell* cell = nullptr;
  const Contour* contour = nullptr;
  int first = 0;  ///< the notes of the cell that are played: from `first`
  int end = 0;    ///< up to this one
  Token token;
  bool is_theme = false;    ///< should be heard as it was before, at the same place of the scale
  bool ends_verse = false;  ///< silence follows
  double room_beats = 0.0;  ///< from `start` to the next gesture's first note
  bool answers = false;     ///< played by another instrument

  /// Chooses the notes that are played: all of the cell, or half of them, as the token says.
  void set_notes(bool may_have_upbeat);
  int notes() const { return end - first; }
  /// The beat of note `i` of the cell, and its length in beats.
  double beat(int i) const { return start + step_beats * cell->at[static_cast<std::size_t>(i)]; }
  double length(int i) const { return step_beats * cell->length[static_cast<std::size_t>(i)]; }
  /// The steps of the scale from the gesture's first rung to note `i`.
  int step(int i, bool upbeat_repeats) const;
};

/// The gestures of a phrase, in the order of their starts. How many there are follows the style,
/// the tension and the presence of the melody at that time.
std::vector<Gesture> plan_melody(const Phrase& phrase);

}  // namespace focus::core::engines::studio
