// SPDX-License-Identifier: MIT
#include "engines/studio/score/style.h"

#include "engines/studio/score/bend.h"

namespace focus::core::studio {
namespace {

Style focus_style(Intensity intensity) {
  Style s;
  s.chord_bars_min = 2;
  s.arc_seconds = 600;
  s.ending_seconds = 8;
  s.lead_db = -1;
  s.texture_db = -38;
  switch (intensity) {
    case Intensity::low:
      s.trim_db = 4.4;
      s.chord_bars_min = 3;
      s.lead_db = 1;
      s.lead_per_bar = 1.35;
      s.texture_cutoff_hertz = 4000;
      s.texture_db = -47;
      s.pad_cutoff_hertz = 1450;
      s.lead_brightness = 0.35;
      s.reverb_t60_seconds = 4.0;
      s.pad_attack_seconds = 1.8;
      break;
    case Intensity::medium:
      s.trim_db = 3.0;
      s.lead_per_bar = 1.8;
      s.bass = BassFigure::pulsing;
      s.kit = KitFigure::shaker;
      s.pad_cutoff_hertz = 1700;
      s.lead_brightness = 0.5;
      s.reverb_t60_seconds = 3.4;
      s.pad_attack_seconds = 1.2;
      break;
    case Intensity::high:
      s.trim_db = 2.0;
      s.chord_bars_max = 2;
      s.lead_per_bar = 1.8;
      s.ostinato_per_bar = 3.5;
      s.upper_pad = true;
      s.bass = BassFigure::pulsing;
      s.kit = KitFigure::kick_and_shaker;
      s.pad_cutoff_hertz = 2000;
      s.lead_brightness = 0.65;
      s.reverb_t60_seconds = 3.0;
      s.pad_attack_seconds = 0.8;
      s.duck = 0.15;
      break;
  }
  return s;
}

Style relax_style(Intensity intensity) {
  Style s;
  s.chord_bars_min = 2;
  s.arc_seconds = 600;
  s.ending_seconds = 20;
  s.lead_db = 0.5;
  s.softest_attack_seconds = 0.008;
  s.texture_db = -52;
  s.texture_cutoff_hertz = 4800;
  s.sway_octaves = 0.45;
  s.pad_swell = 0.2;
  switch (intensity) {
    case Intensity::low:
      s.trim_db = 4.4;
      s.chord_bars_min = 3;
      s.lead_db = 2.5;
      s.lead_per_bar = 1.0;
      s.bass = BassFigure::none;
      s.pad_cutoff_hertz = 1250;
      s.texture_db = -53;
      s.lead_brightness = 0.2;
      s.reverb_t60_seconds = 6.0;
      s.pad_attack_seconds = 2.5;
      break;
    case Intensity::medium:
      s.trim_db = 4.2;
      s.lead_per_bar = 1.4;
      s.pad_cutoff_hertz = 1750;
      s.lead_brightness = 0.4;
      s.reverb_t60_seconds = 5.0;
      s.pad_attack_seconds = 2.0;
      break;
    case Intensity::high:
      s.trim_db = 3.0;
      s.lead_db = 1.5;
      s.lead_per_bar = 1.9;
      s.ostinato_per_bar = 2.0;
      s.upper_pad = true;
      s.pad_cutoff_hertz = 2500;
      s.lead_brightness = 0.55;
      s.reverb_t60_seconds = 4.2;
      s.pad_attack_seconds = 1.5;
      break;
  }
  return s;
}

Style sleep_style(Intensity intensity) {
  Style s;
  s.chord_bars_min = 4;
  s.chord_bars_max = 8;
  s.sway_hertz = 0.025;
  s.ending_seconds = 90;
  s.sinks = true;
  s.substitution = 0.08;
  s.bass_db = -2.5;
  s.lead_db = -8.5;
  s.softest_attack_seconds = 0.4;
  s.felt_pulse = false;
  s.texture_db = -36.5;
  s.pad_swell = 0.14;
  s.sway_octaves = 0.22;
  switch (intensity) {
    case Intensity::low:
      s.trim_db = 4.3;
      s.chord_bars_min = 6;
      s.substitution = 0.25;
      s.lead_per_bar = 0.0;
      s.bass = BassFigure::none;
      s.pad_cutoff_hertz = 860;
      s.lead_brightness = 0.1;
      s.reverb_t60_seconds = 8.0;
      s.pad_attack_seconds = 5.0;
      s.texture_cutoff_hertz = 1700;
      break;
    case Intensity::medium:
      s.trim_db = 0.8;
      s.lead_per_bar = 0.4;
      s.chord_bars_max = 6;
      s.bass = BassFigure::held;
      s.pad_cutoff_hertz = 1200;
      s.lead_brightness = 0.2;
      s.reverb_t60_seconds = 7.0;
      s.pad_attack_seconds = 4.0;
      s.texture_cutoff_hertz = 1750;
      break;
    case Intensity::high:
      s.trim_db = 1.4;
      s.lead_db = -0.3;
      s.lead_per_bar = 1.35;
      s.softest_attack_seconds = 0.03;
      s.bass_db = -5;
      s.chord_bars_max = 4;
      s.bass = BassFigure::held;
      s.pad_cutoff_hertz = 1450;
      s.lead_brightness = 0.25;
      s.reverb_t60_seconds = 6.0;
      s.pad_attack_seconds = 3.0;
      s.texture_cutoff_hertz = 1600;
      break;
  }
  return s;
}

Style energize_style(Intensity intensity) {
  Style s;
  s.chord_bars_min = 1;
  s.chord_bars_max = 2;
  s.arc_seconds = 300;
  s.ending_seconds = 4;
  s.upper_pad = true;
  s.bass = BassFigure::driving;
  s.kit = KitFigure::full;
  s.substitution = 0.06;
  s.texture_db = -40;
  s.sway_hertz = 0.1;
  s.pad_attack_seconds = 0.25;
  switch (intensity) {
    case Intensity::low:
      s.trim_db = 2.0;
      s.chord_bars_min = 2;
      s.upper_pad = false;
      s.lead_per_bar = 1.5;
      s.ostinato_per_bar = 4;
      s.pad_cutoff_hertz = 2000;
      s.lead_brightness = 0.6;
      s.reverb_t60_seconds = 2.4;
      s.duck = 0.3;
      break;
    case Intensity::medium:
      s.trim_db = 1.5;
      s.lead_per_bar = 2.0;
      s.ostinato_per_bar = 7;
      s.pad_cutoff_hertz = 2800;
      s.lead_brightness = 0.75;
      s.reverb_t60_seconds = 2.0;
      s.duck = 0.4;
      break;
    case Intensity::high:
      s.trim_db = 1.0;
      s.lead_per_bar = 2.5;
      s.ostinato_per_bar = 11;
      s.pad_cutoff_hertz = 4400;
      s.lead_brightness = 1.0;
      s.reverb_t60_seconds = 1.6;
      s.duck = 0.5;
      s.kit_db = 0.5;
      break;
  }
  return s;
}

Style goal_style(Goal goal, Intensity intensity) {
  switch (goal) {
    case Goal::relax:
      return relax_style(intensity);
    case Goal::sleep:
      return sleep_style(intensity);
    case Goal::energize:
      return energize_style(intensity);
    case Goal::focus:
    case Goal::custom_prompt:
      break;
  }
  return focus_style(intensity);
}

}  // namespace

Style style_of(const Brief& brief) {
  Style style = goal_style(brief.character, brief.intensity);
  bend(style, brief);
  return style;
}

}  // namespace focus::core::studio
