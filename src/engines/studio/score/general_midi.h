// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/sounds.h"
#include "plan/leaning.h"

namespace focus::core::engines::studio {

/// The General MIDI program (level 1, counted from 0) that is closest to a sound, so that the parts
/// of an exported score sound different in any player.
int program_of(plan::Instrument instrument);
int program_of(PadSound sound);
int program_of(BassSound sound);

}  // namespace focus::core::engines::studio
