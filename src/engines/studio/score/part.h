// SPDX-License-Identifier: MIT
// What the parts of the score have in common. Each part writes the notes of one phrase. These are a
// pure function of the palette, the phrase's absolute number and the arcs at that time.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engines/studio/score/arcs.h"
#include "engines/studio/score/harmony.h"
#include "engines/studio/score/note.h"
#include "engines/studio/score/palette.h"
#include "engines/studio/score/phrases.h"
#include "engines/studio/score/style.h"

namespace focus::core::engines::studio {

struct Phrase {
  const plan::Brief& brief;
  const Style& style;
  const Arcs& arcs;
  const plan::Form& form;
  const plan::Movement& movement;
  const Palette& palette;  ///< of the movement
  const Harmony& harmony;  ///< of the movement
  PhrasePlace place;
  std::span<const VoicedChord> chords;

  std::int64_t first_bar() const { return chords.front().bar; }
  double first_beat() const { return chords.front().start_beat(); }
  double end_beat() const { return chords.back().end_beat(); }
  const VoicedChord& chord_at(double beat) const;
  /// About when a beat is heard: the same in every segment.
  double seconds_of(double beat) const { return movement.seconds_of_bar(0.25 * beat); }
  double presence(Layer layer, double beat) const { return arcs.presence(layer, seconds_of(beat)); }
  /// See plan::Form::tension.
  double tension(double beat) const { return form.tension(seconds_of(beat)); }
  /// The random stream of a part in this phrase: another in each movement, also in those that share
  /// a theme.
  Random stream(plan::Decision decision, std::string_view part) const {
    return stream_of(brief, decision)
        .fork(part)
        .fork(static_cast<std::uint64_t>(movement.number))
        .fork(static_cast<std::uint64_t>(place.number));
  }
};

void write_lead(const Phrase& phrase, std::vector<Note>& notes);
/// `notes` has the melody, over which pads do not lie.
void write_pads(const Phrase& phrase, std::vector<Note>& notes);
void write_bass(const Phrase& phrase, std::vector<Note>& notes);
void write_ostinato(const Phrase& phrase, std::vector<Note>& notes);
void write_percussion(const Phrase& phrase, std::vector<Note>& notes);

/// Euclidean rhythm: whether step `step` of `steps` is played when `hits` are distributed as evenly
/// as possible (Toussaint, "The Euclidean algorithm generates traditional musical rhythms", 2005).
bool euclid(int hits, int steps, int step);

/// A key for the randomness within a note.
std::uint32_t note_key(Random random);

}  // namespace focus::core::engines::studio
