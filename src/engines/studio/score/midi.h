// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "plan/brief.h"

namespace focus::core::engines::studio {

/// Returns the notes that sound in the brief's window as a standard MIDI file (format 0, 480 ticks
/// per quarter note), with the General MIDI programs closest to the palette. The channels, counted
/// from 0, are: 0 pad, 1 upper pad, 2 bass, 3 lead, 4 ostinato, 9 kit.
std::string score_as_midi_file(const plan::Brief& brief);

}  // namespace focus::core::engines::studio
