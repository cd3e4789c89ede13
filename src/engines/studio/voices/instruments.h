// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "engines/studio/voices/voice.h"
#include "plan/leaning.h"

namespace focus::core::studio {

/// How a player touches an instrument.
struct Touch {
  double brightness = 0.5;      ///< 0 felt, 1 glass
  double ring = 1.0;            ///< scales how long it sounds on; a figure that runs is damped
  double attack_seconds = 0.0;  ///< the least time a tone takes to come
};

/// The voice that plays an instrument, at `rate`. Where a new instrument is made known.
std::unique_ptr<Voice> make_voice(Instrument instrument, int rate, const Touch& touch);

}  // namespace focus::core::studio
