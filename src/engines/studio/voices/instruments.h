// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "engines/studio/voices/voice.h"
#include "plan/leaning.h"

namespace focus::core::engines::studio {

/// How an instrument is played.
struct Touch {
  double brightness = 0.5;      ///< 0 felt, 1 glass
  double ring = 1.0;            ///< factor for the decay times; running figures are damped
  double attack_seconds = 0.0;  ///< the minimum attack time
};

/// Creates the voice of an instrument, at sample rate `rate`. A new instrument is added here.
std::unique_ptr<Voice> make_voice(plan::Instrument instrument, int rate, const Touch& touch);

}  // namespace focus::core::engines::studio
