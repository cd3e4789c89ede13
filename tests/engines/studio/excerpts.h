// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "studio_support.h"

namespace focus::test {

/// Figures of some seconds from the middle of a session.
struct Excerpt {
  bool finite = false;
  double peak = 0.0, offset = 0.0;  ///< of the worse side
  double loudness_lufs = 0.0;
  double brightness = 0.0;    ///< share of magnitude above 1.5 kHz, without the air above 8
  double correlation = 0.0;   ///< of the sides
  double side_bass_db = 0.0;  ///< what differs between the sides below 120 Hz, of the whole
  double top_db = 0.0;        ///< what lies above 20 kHz, of the whole
};

/// Rendered and measured on first use, then kept: many tests look at the same music.
const Excerpt& excerpt_of(plan::Goal goal, plan::Intensity intensity, std::uint64_t seed);

}  // namespace focus::test
