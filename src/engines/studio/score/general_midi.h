// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/sounds.h"
#include "plan/leaning.h"

namespace focus::core::studio {

/// The program of General MIDI (level 1, counted from 0) that is nearest to a sound, so that a
/// score is told from its neighbours wherever it is played.
int program_of(Instrument instrument);
int program_of(PadSound sound);
int program_of(BassSound sound);

}  // namespace focus::core::studio
