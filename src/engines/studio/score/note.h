// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace focus::core::engines::studio {

enum class Layer { pad, upper_pad, bass, lead, ostinato, kit };

/// The sounds of the drum kit, as General MIDI drum notes.
inline constexpr int kKick = 36, kRim = 37, kSnare = 38, kClap = 39, kHat = 42, kLowTom = 45,
                     kOpenHat = 46, kMidTom = 47, kCrash = 49, kHighTom = 50, kRide = 51,
                     kShaker = 70;

/// One note of the score, in beats of the session's absolute time (four per bar).
struct Note {
  Layer layer = Layer::pad;
  /// Who plays it: the number of a PadSound, BassSound or plan::Instrument, by layer; 0 for the
  /// kit.
  std::uint8_t sound = 0;
  double beat = 0.0;   ///< since bar 0
  double beats = 1.0;  ///< its length
  int pitch = 60;
  float velocity = 0.5f;  ///< 0 to 1
  float pan = 0.0f;       ///< -1 left, 1 right
  std::uint32_t key = 0;  ///< seeds its own randomness: phases, noise, drift
};

}  // namespace focus::core::engines::studio
