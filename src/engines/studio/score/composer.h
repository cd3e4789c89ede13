// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "engines/studio/score/arcs.h"
#include "engines/studio/score/harmony.h"
#include "engines/studio/score/note.h"
#include "engines/studio/score/palette.h"
#include "engines/studio/score/style.h"

namespace focus::core::studio {

/// Writes the score of a brief: any stretch of bars of the session's one endless piece.
class Composer {
 public:
  explicit Composer(const Brief& brief);

  const Style& style() const { return style_; }
  const Palette& palette() const { return palette_; }
  const Arcs& arcs() const { return arcs_; }

  /// The notes that sound in [from, to), in beats since bar 0, by onset. Held notes that began
  /// before `from` are among them. Nothing begins before beat `earliest`.
  std::vector<Note> notes(double from, double to) const;

  /// The beat at which the final chord comes, or a huge number when the brief has no ending.
  double cadence_beat() const { return cadence_beat_; }

 private:
  /// Where a neighbour is in another key, what both hear at once is a chord of both keys.
  void pass_to_neighbours(std::vector<VoicedChord>& chords) const;
  std::vector<Note> phrase_notes(std::int64_t number) const;
  /// The last chord, held to the end of the session.
  void write_ending(std::vector<Note>& notes) const;

  Brief brief_;
  Style style_;
  Palette palette_;
  Arcs arcs_;
  Harmony harmony_;
  double cadence_beat_;
  double earliest_beat_;
};

}  // namespace focus::core::studio
