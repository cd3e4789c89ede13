// SPDX-License-Identifier: MIT
#include "engines/studio/score/bend.h"

#include <algorithm>

#include "dsp/math.h"
#include "engines/studio/clock.h"
#include "engines/studio/score/casting.h"

namespace focus::core::engines::studio {
namespace {

/// The percussion figure `steps` steps busier (or calmer, if negative), limited to the existing
/// ones.
KitFigure stepped(KitFigure kit, int steps) {
  return static_cast<KitFigure>(std::clamp(static_cast<int>(kit) + steps, 0, 3));
}

/// The level change in dB of a stem that the prompt wants more or less of.
double wanted_db(const plan::PromptLeaning& leaning, plan::Stem stem) {
  return 6.0 * leaning.of(stem);
}

void lean_sound(Style& s, const plan::PromptLeaning& leaning) {
  const double brighter = dsp::power_of_two(1.1 * leaning.brightness);
  s.pad_cutoff_hertz *= brighter;
  s.texture_cutoff_hertz *= brighter;
  s.lead_brightness = std::clamp(s.lead_brightness + 0.4 * leaning.brightness, 0.0, 1.0);
  s.reverb_t60_seconds =
      std::clamp(s.reverb_t60_seconds * dsp::power_of_two(leaning.space), 0.8, 12.0);
  s.hall_db = 5.0 * leaning.space;
  s.swing = leaning.swing;
}

void lean_density(Style& s, const plan::PromptLeaning& leaning) {
  const double denser = dsp::power_of_two(1.2 * leaning.density + 0.3 * leaning.energy);
  s.lead_per_bar *= denser;
  s.ostinato_per_bar *= denser;
}

void lean_percussion(Style& s, const plan::PromptLeaning& leaning, plan::Goal character) {
  if (leaning.energy > 0.4 && s.kit == KitFigure::none && character != plan::Goal::sleep) {
    s.kit = KitFigure::shaker;
  }
  if (leaning.energy < -0.4 && s.kit == KitFigure::full) s.kit = KitFigure::kick_and_shaker;
  if (leaning.energy < -0.7) s.kit = KitFigure::none;
  if (leaning.of(plan::Stem::percussion) > 0.0) s.kit = stepped(s.kit, 1);
  if (leaning.of(plan::Stem::percussion) < -0.4) s.kit = stepped(s.kit, -1);
  if (leaning.without(plan::Stem::percussion)) s.kit = KitFigure::none;
  s.kit_db += wanted_db(leaning, plan::Stem::percussion);
}

void lean_parts(Style& s, const plan::PromptLeaning& leaning) {
  if (leaning.without(plan::Stem::pads)) s.pad = s.upper_pad = false;
  s.pad_db += wanted_db(leaning, plan::Stem::pads);
  if (leaning.without(plan::Stem::bass)) s.bass = BassFigure::none;
  if (leaning.of(plan::Stem::bass) > 0.0 && s.bass == BassFigure::none) s.bass = BassFigure::held;
  s.bass_db += wanted_db(leaning, plan::Stem::bass);

  const Cast cast = cast_of(leaning);
  if (!cast.soloists.empty() || leaning.of(plan::Stem::melody) > 0.0) {
    s.lead_per_bar = std::max(s.lead_per_bar, 1.0);
  }
  if (!cast.soloists.empty()) {
    // What is asked for is heard, also where the goal keeps its melody in the background.
    s.lead_db = std::max(s.lead_db, -4.0) + 2.0 * leaning.of(cast.soloists.front());
    if (cast.soloists.size() > 1) {
      s.ostinato_per_bar = std::max(s.ostinato_per_bar, s.sinks ? 1.0 : 1.5);
    }
  }
  // Figures have nobody else to play them.
  if (leaning.only && cast.soloists.size() == 1) s.ostinato_per_bar = 0.0;
  if (leaning.only) s.upper_pad = false;
  if (leaning.without(plan::Stem::melody)) s.lead_per_bar = s.ostinato_per_bar = 0.0;
  s.lead_db += wanted_db(leaning, plan::Stem::melody);
  s.ostinato_db += wanted_db(leaning, plan::Stem::melody);

  const double scene = *std::max_element(leaning.scenery.begin(), leaning.scenery.end());
  if (scene > 0.0) {  // a requested scene must be audible, whatever the goal's background is
    s.texture_db = -29.0 + 8.0 * scene;
    s.texture_cutoff_hertz = std::min(s.texture_cutoff_hertz, 2600.0);
  }
  s.texture_db += wanted_db(leaning, plan::Stem::ambience);
  const double refused = *std::min_element(leaning.scenery.begin(), leaning.scenery.end());
  s.texture = !leaning.without(plan::Stem::ambience) && (scene > 0.0 || refused > -0.9);
}

void lean(Style& s, const plan::PromptLeaning& leaning, plan::Goal character) {
  lean_sound(s, leaning);
  lean_density(s, leaning);
  lean_percussion(s, leaning, character);
  lean_parts(s, leaning);
  // A prompt that excludes everything still gets pads: silence is no music.
  const bool plays = s.pad || s.bass != BassFigure::none || s.kit != KitFigure::none ||
                     s.lead_per_bar > 0.0 || s.ostinato_per_bar > 0.0;
  if (!plays) s.pad = !s.texture;
}

/// Figures are written per bar, for tempi of 40 to 180 bpm. Beyond them the same figures a bar
/// would be a blur, or hardly ever come; so the music goes in half time or in double time over the
/// beat that was asked for. Inside of them nothing changes.
constexpr double kShortestBar = 1.325;  // seconds; at 180 bpm a bar lasts 1.33
constexpr double kLongestBar = 6.005;   // at 40 bpm it lasts 6

void pace(Style& s, const plan::Brief& brief) {
  const double bar = home_bar_seconds(brief);
  if (bar >= kShortestBar && bar <= kLongestBar) return;
  const bool fast = bar < kShortestBar;
  const double per_bar = fast ? 0.5 : 2.0;
  s.lead_per_bar *= per_bar;
  s.ostinato_per_bar *= per_bar;
  const auto bars = [&](int usual) { return fast ? 2 * usual : std::max(1, usual / 2); };
  s.chord_bars_min = bars(s.chord_bars_min);
  s.chord_bars_max = bars(s.chord_bars_max);
  if (fast && s.kit != KitFigure::none) s.kit = std::max(KitFigure::shaker, stepped(s.kit, -1));
  if (fast && s.bass == BassFigure::driving) s.bass = BassFigure::pulsing;
}

/// Adds the levels that the listener has set.
void set_levels(Style& s, const plan::Brief& brief) {
  s.pad_db += brief.level_db(plan::Stem::pads);
  s.bass_db += brief.level_db(plan::Stem::bass);
  s.lead_db += brief.level_db(plan::Stem::melody);
  s.ostinato_db += brief.level_db(plan::Stem::melody);
  s.kit_db += brief.level_db(plan::Stem::percussion);
  s.texture_db += brief.level_db(plan::Stem::ambience);
}

}  // namespace

void bend(Style& style, const plan::Brief& brief) {
  lean(style, brief.leaning, brief.character);
  pace(style, brief);
  set_levels(style, brief);
}

void furnish(Style& style, const Palette& palette) {
  const double brighter = dsp::power_of_two(palette.brightness_octaves);
  style.pad_cutoff_hertz *= brighter;
  style.texture_cutoff_hertz *= brighter;
  style.lead_brightness =
      std::clamp(style.lead_brightness + 0.35 * palette.brightness_octaves, 0.0, 1.0);
  style.reverb_t60_seconds *= palette.hall;
  if (style.kit != KitFigure::none) style.kit = stepped(style.kit, palette.kit_step);
}

}  // namespace focus::core::engines::studio
