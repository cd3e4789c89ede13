// SPDX-License-Identifier: MIT
#pragma once

#include "plan/brief.h"

namespace focus::core::engines::studio {

enum class BassFigure { none, held, pulsing, driving };
enum class KitFigure { none, shaker, kick_and_shaker, full };

/// The character of the music for a goal at an intensity: everything that is not drawn at random.
/// The values of the twelve combinations are in style_table.inc; fields that are not listed there
/// have the defaults below. The prompt, the listener's levels and the palette then modify the style
/// (see bend.h).
struct Style {
  // Harmony.
  int chord_bars_min = 2, chord_bars_max = 4;
  bool pad = true;
  bool texture = true;     ///< background noise under everything
  bool upper_pad = false;  ///< two high notes above the chord, which come and go
  // Notes per bar on average.
  double lead_per_bar = 1.0;
  double ostinato_per_bar = 0.0;
  BassFigure bass = BassFigure::held;
  KitFigure kit = KitFigure::none;
  // Sound.
  double pad_cutoff_hertz = 1500.0;
  double lead_brightness = 0.5;         ///< 0 felt, 1 glass
  double softest_attack_seconds = 0.0;  ///< the minimum attack of melodic tones
  double swing = 0.0;                   ///< 0 straight; 1: the off-beat at two thirds
  double texture_db = -24.0;            ///< level of the background noise
  double texture_cutoff_hertz = 1800;   ///< upper limit of the background noise
  double reverb_t60_seconds = 3.5;
  double pad_attack_seconds = 1.5;
  double sway_octaves = 0.55;  ///< depth of the slow filter modulation
  double pad_swell = 0.3;      ///< depth of the level change of each pad note
  double sway_hertz = 0.06;    ///< rate of the slow filter modulation
  double swell_db = 4.0;       ///< depth of the slow level changes, see Swells
  double air_db = -48.0;       ///< level of breath and touch against the sound itself, see Air
  double pad_db = 0.0, bass_db = 0.0, lead_db = 0.0, ostinato_db = 0.0, kit_db = 0.0;
  double hall_db = 0.0;  ///< more or less reverberation on everything
  double trim_db = 0.0;  ///< brings the whole to about -18 LUFS (see the golden figures)
  double duck = 0.0;     ///< how much a kick lowers the pads, 0 to 1
  // Form.
  double ending_seconds = 8.0;  ///< of the goal's ending; layers begin to leave before it
  bool sinks = false;           ///< density and brightness fall throughout the session
  bool felt_pulse = true;       ///< false: notes deviate from the grid
};

/// Returns the style of a brief, modified by its prompt and levels.
Style style_of(const plan::Brief& brief);

}  // namespace focus::core::engines::studio
