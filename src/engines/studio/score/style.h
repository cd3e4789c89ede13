// SPDX-License-Identifier: MIT
#pragma once

#include "plan/brief.h"

namespace focus::core::studio {

enum class BassFigure { none, held, pulsing, driving };
enum class KitFigure { none, shaker, kick_and_shaker, full };

/// How a goal at an intensity is played: every figure that is not drawn. One table, so that the
/// character of the twelve can be read (and changed) side by side.
struct Style {
  // Harmony.
  int chord_bars_min = 2, chord_bars_max = 4;
  double substitution = 0.25;  ///< the chance that a chord gives way to a relative
  bool pad = true;
  bool texture = true;     ///< a bed of noise under everything
  bool upper_pad = false;  ///< two high notes above the chord, which come and go
  // Notes per bar, on the average.
  double lead_per_bar = 1.0;
  double ostinato_per_bar = 0.0;
  BassFigure bass = BassFigure::held;
  KitFigure kit = KitFigure::none;
  // Sound.
  double pad_cutoff_hertz = 1500.0;
  double lead_brightness = 0.5;         ///< 0 felt, 1 glass
  double softest_attack_seconds = 0.0;  ///< no tone of a melody comes quicker than this
  double swing = 0.0;                   ///< 0 straight, 1 the off-beat at two thirds
  double texture_db = -24.0;            ///< of the noise bed
  double texture_cutoff_hertz = 1800;   ///< where the bed's treble ends
  double reverb_t60_seconds = 3.5;
  double pad_attack_seconds = 1.5;
  double sway_octaves = 0.55;  ///< how far the filter moves
  double pad_swell = 0.3;      ///< how far each pad note comes and goes
  double sway_hertz = 0.06;    ///< of the slow filter movement
  double pad_db = 0.0, bass_db = 0.0, lead_db = 0.0, ostinato_db = 0.0, kit_db = 0.0;
  double hall_db = 0.0;  ///< more or less of the hall on everything
  double trim_db = 0.0;  ///< brings the whole to about -17 LUFS (see the golden figures)
  double duck = 0.0;     ///< how far a kick pushes the pads aside, 0 to 1
  // Form.
  double arc_seconds = 600.0;   ///< length of the slow waves
  double ending_seconds = 8.0;  ///< of the goal; layers begin to leave before it
  bool sinks = false;           ///< density and brightness only fall, over the whole session
  bool felt_pulse = true;       ///< false: notes wander off the grid
};

/// The style of a brief, with what its prompt leans to.
Style style_of(const Brief& brief);

}  // namespace focus::core::studio
