// SPDX-License-Identifier: MIT
// Who plays what a prompt asks for. All instruments that are told to the listener as asked for play
// soon and as long as the session lasts: they take turns.
#pragma once

#include <optional>
#include <vector>

#include "engines/studio/score/part.h"
#include "engines/studio/sounds.h"
#include "plan/leaning.h"

namespace focus::core::engines::studio {

/// The instruments that a prompt asks for, the most wanted first.
struct Cast {
  std::vector<plan::Instrument> leads;     ///< take turns in the melody
  std::vector<plan::Instrument> soloists;  ///< the same and those that only accompany
  std::vector<PadSound> pads;              ///< take turns in the chords
};

/// The instrument that a pad sounds like; nothing where it sounds like none.
std::optional<plan::Instrument> instrument_of(PadSound sound);

/// The pad sound of an instrument that is also played as a pad; nothing for the others.
std::optional<PadSound> pad_of(plan::Instrument instrument);

/// Divides the instruments that are asked for between chords and melody. The melody always has one
/// of them, if there is any.
Cast cast_of(const plan::PromptLeaning& leaning);

/// Chooses the sound of each note of a phrase, and lets an instrument that is asked for and would
/// be silent for too long accompany with broken chords. A function of the phrase alone.
void cast(const Phrase& phrase, std::vector<Note>& notes);

}  // namespace focus::core::engines::studio
