// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "engines/studio/score/arcs.h"
#include "engines/studio/score/harmony.h"
#include "engines/studio/score/note.h"
#include "engines/studio/score/palette.h"
#include "engines/studio/score/style.h"

namespace focus::core::engines::studio {

/// Writes the score for a brief: any range of bars of the session's endless piece.
class Composer {
 public:
  explicit Composer(const plan::Brief& brief);

  const Style& style() const { return style_; }
  const Palette& palette() const { return palette_; }
  const Arcs& arcs() const { return arcs_; }

  /// Returns the notes that sound in [from, to), ordered by onset. `from` and `to` are beats since
  /// bar 0. Held notes that began before `from` are included. No note begins before the session's
  /// start.
  std::vector<Note> notes(double from, double to) const;

  /// The beat of the final chord, or a huge number if the brief has no ending.
  double cadence_beat() const { return cadence_beat_; }

 private:
  /// Modulation: if a neighbouring segment is in another key, the chords in the overlap are
  /// replaced by a chord that belongs to both keys.
  void pass_to_neighbours(std::vector<VoicedChord>& chords) const;
  std::vector<Note> phrase_notes(std::int64_t number) const;
  /// Writes the final chord, which is held to the end of the session.
  void write_ending(std::vector<Note>& notes) const;

  plan::Brief brief_;
  Style style_;
  Palette palette_;
  Arcs arcs_;
  Harmony harmony_;
  double cadence_beat_;
  double earliest_beat_;
};

}  // namespace focus::core::engines::studio
