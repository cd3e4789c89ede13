// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace focus::core::studio {

enum class Layer { pad, upper_pad, bass, lead, ostinato, kit };

/// The kit's sounds, by their General MIDI drum notes.
inline constexpr int kKick = 36, kRim = 37, kHat = 42, kShaker = 70;

/// One note of the score, on the session's absolute clock of beats (four to a bar).
struct Note {
  Layer layer = Layer::pad;
  double beat = 0.0;   ///< since bar 0
  double beats = 1.0;  ///< how long it is held
  int pitch = 60;
  float velocity = 0.5f;  ///< 0 to 1
  float pan = 0.0f;       ///< -1 left, 1 right
  std::uint32_t key = 0;  ///< of its own randomness: phases, noise, drift
};

}  // namespace focus::core::studio
