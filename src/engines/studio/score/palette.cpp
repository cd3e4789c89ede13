// SPDX-License-Identifier: MIT
#include "engines/studio/score/palette.h"

#include <array>
#include <string_view>

#include "dsp/math.h"
#include "engines/studio/score/orchestra.h"

namespace focus::core::engines::studio {
std::uint8_t sound_of(const Palette& palette, Layer layer) {
  switch (layer) {
    case Layer::pad:
      return static_cast<std::uint8_t>(palette.pad);
    case Layer::upper_pad:
      return static_cast<std::uint8_t>(palette.upper_pad);
    case Layer::bass:
      return static_cast<std::uint8_t>(palette.bass);
    case Layer::lead:
      return static_cast<std::uint8_t>(palette.lead);
    case Layer::ostinato:
      return static_cast<std::uint8_t>(palette.ostinato);
    case Layer::kit:
      break;
  }
  return 0;
}

Random stream_of(const plan::Brief& brief, plan::Decision decision) {
  static constexpr std::array<std::string_view, plan::kDecisionCount> kNames = {
      "motif", "density", "register", "voices", "chords", "mode", "tonic", "tempo"};
  return Random(brief.seed)
      .fork(kNames[static_cast<std::size_t>(decision)])
      .fork(static_cast<std::uint64_t>(brief.drawn(decision)));
}

Random stream_of(const plan::Brief& brief, plan::Decision decision,
                 const plan::Movement& movement) {
  const bool is_material = decision == plan::Decision::motif || decision == plan::Decision::chords;
  return stream_of(brief, decision)
      .fork(is_material ? "theme" : "movement")
      .fork(static_cast<std::uint64_t>(is_material ? movement.theme : movement.number));
}

Palette draw_palette(const plan::Brief& brief, const Style& style, const plan::Movement& movement) {
  Palette palette;
  palette.key = movement.key_in(brief.home);

  Random chords = stream_of(brief, plan::Decision::chords, movement).fork("length");
  palette.chord_bars = chords.between(style.chord_bars_min, style.chord_bars_max);
  palette.phrase_chords = palette.chord_bars == 1 ? 8 : 4;

  Random placing = stream_of(brief, plan::Decision::register_, movement);
  const int wide = static_cast<int>(3.0 * brief.divergence);
  palette.pad_centre = 58 + placing.between(-2 - wide, 3 + wide) - (style.sinks ? 1 : 0);
  palette.lead_centre = 71 + placing.between(-3 - wide, 4 + wide) - (style.sinks ? 4 : 0);

  // How different the segments' densities and rooms may be. It grows faster than the divergence.
  const double apart = brief.divergence * (0.4 + 0.6 * brief.divergence);
  palette.density = dsp::power_of_two(
      stream_of(brief, plan::Decision::density, movement).uniform(-1.0, 1.0) * (0.2 + 0.8 * apart));
  Random kit = stream_of(brief, plan::Decision::density).fork("kit");
  if (kit.chance(0.6 * brief.divergence * brief.divergence))
    palette.kit_step = kit.chance(0.6) ? -1 : 1;
  Random room = stream_of(brief, plan::Decision::voices).fork("room");
  palette.brightness_octaves = room.uniform(-0.75, 0.75) * apart;
  palette.hall = dsp::power_of_two(room.uniform(-0.7, 0.7) * apart);

  orchestrate(brief, movement, palette);

  palette.theme = draw_theme(stream_of(brief, plan::Decision::motif, movement).fork("theme"),
                             style.lead_per_bar);
  return palette;
}

}  // namespace focus::core::engines::studio
