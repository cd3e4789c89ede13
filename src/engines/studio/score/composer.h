// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "engines/studio/clock.h"
#include "engines/studio/score/arcs.h"
#include "engines/studio/score/harmony.h"
#include "engines/studio/score/note.h"
#include "engines/studio/score/palette.h"
#include "engines/studio/score/phrases.h"
#include "engines/studio/score/style.h"

namespace focus::core::engines::studio {

/// Writes the score for a brief: any range of bars of the session's endless piece.
class Composer {
 public:
  explicit Composer(const plan::Brief& brief);

  const Style& style() const { return style_; }
  const plan::Form& form() const { return *form_; }
  /// Of the movement in which the segment begins.
  const Palette& palette() const { return movements_.front().palette; }

  /// Returns the notes that sound in [from, to), ordered by onset. `from` and `to` are beats since
  /// bar 0, within the segment and some seconds before it. Held notes that began before `from` are
  /// included. No note begins before the session's start.
  std::vector<Note> notes(double from, double to) const;

  /// The beat of the final chord, or a huge number if the brief has no ending.
  double cadence_beat() const { return cadence_beat_; }

 private:
  /// A movement as it is played.
  struct Music {
    Music(const Composer& composer, const plan::Movement& of);

    plan::Movement movement;
    Palette palette;
    std::vector<PhrasePlace> phrases;
    Harmony harmony;
  };

  /// Modulation: if a neighbouring segment has another home key, the chords in the overlap are
  /// replaced by a chord that belongs to both keys.
  void pass_to_neighbours(const Music& music, std::vector<VoicedChord>& chords) const;
  std::vector<Note> phrase_notes(const Music& music, const PhrasePlace& place) const;
  /// Writes the final chord, which is held to the end of the session.
  void write_ending(std::vector<Note>& notes) const;
  double beat_at(double seconds) const;

  plan::Brief brief_;
  Clock clock_;
  plan::SharedForm form_;
  Style style_;
  Arcs arcs_;
  std::vector<Music> movements_;  ///< those of the segment; at least one
  double cadence_beat_;
  double earliest_beat_;
};

}  // namespace focus::core::engines::studio
