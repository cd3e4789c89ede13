// SPDX-License-Identifier: MIT
#include "engines/studio/score/palette.h"

#include <algorithm>
#include <cmath>

#include "dsp/math.h"
#include "engines/studio/score/orchestra.h"

namespace focus::core::engines::studio {
namespace {

Motif try_motif(Random random, double notes_per_bar) {
  Motif motif;
  // Dense music has short notes, sparse music long ones.
  const bool sparse = notes_per_bar < 1.5;
  const double unit = sparse ? 1.0 : 0.5;
  motif.count = sparse ? (notes_per_bar < 1.0 ? 5 : 6) : random.between(5, 6);
  double beat = 0.0;
  int step = 0, last_move = 0;
  for (int i = 0; i < motif.count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    motif.beat[n] = beat;
    motif.step[n] = step;
    static constexpr std::array<double, 6> kLengths = {1, 1, 1, 2, 2, 3};
    motif.length[n] = unit * kLengths[static_cast<std::size_t>(random.below(6))];
    if (i == motif.count - 1) motif.length[n] = std::max(2.0, motif.length[n] * 2.0);
    beat += motif.length[n];
    // Most moves are steps. After a leap the melody turns back.
    static constexpr std::array<int, 8> kMoves = {1, 1, -1, -1, 2, -2, 1, 3};
    int move = kMoves[static_cast<std::size_t>(random.below(8))];
    if (std::abs(last_move) >= 2) move = last_move > 0 ? -1 : 1;
    // A slow melody moves in thirds between strong beats, so that they fit a chord without being
    // moved.
    const bool strong = std::fmod(beat, 2.0) == 0.0;
    if (sparse && strong && (step + move) % 2 != 0) move += move > 0 && last_move < 2 ? 1 : -1;
    if (move == 0) move = 2;
    if (step + move > (sparse ? 3 : 4) || step + move < (sparse ? -2 : -3)) move = -move;
    step += move;
    last_move = move;
  }
  motif.span_beats = 4.0 * std::ceil(beat / 4.0);
  return motif;
}

/// Whether the motif is recognisable: it has leaps and steps, and moves up and down.
bool is_tune(const Motif& motif) {
  int leaps = 0, ups = 0, downs = 0;
  for (int i = 1; i < motif.count; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const int move = motif.step[n] - motif.step[n - 1];
    if (std::abs(move) >= 2) ++leaps;
    ++(move > 0 ? ups : downs);
  }
  return leaps > 0 && leaps < motif.count - 1 && ups > 0 && downs > 0;
}

Motif draw_motif(const Random& random, double notes_per_bar) {
  Motif motif = try_motif(random.fork(std::uint64_t{0}), notes_per_bar);
  for (std::uint64_t i = 1; i < 8 && !is_tune(motif); ++i) {
    motif = try_motif(random.fork(i), notes_per_bar);
  }
  return motif;
}

}  // namespace

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

  const Random motif = stream_of(brief, plan::Decision::motif, movement);
  for (std::size_t i = 0; i < palette.motifs.size(); ++i) {
    palette.motifs[i] = draw_motif(motif.fork("shape").fork(i), style.lead_per_bar);
  }
  return palette;
}

}  // namespace focus::core::engines::studio
