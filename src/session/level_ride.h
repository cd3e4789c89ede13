// SPDX-License-Identifier: MIT
#pragma once

#include "audio/buffer.h"
#include "plan/brief.h"

namespace focus::core::session {

/// Lets the level of a segment move as the programme asks: up for waking, down for falling asleep.
/// The mean level is left to mastering, by the segment's target. `audio` begins where the brief
/// does, at its rate. Neighbours follow one curve over the session's time.
void ride_level(const plan::Brief& brief, audio::AudioView audio);

}  // namespace focus::core::session
