// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "base/random.h"
#include "engines/studio/score/melody_theme.h"
#include "engines/studio/score/note.h"
#include "engines/studio/score/style.h"
#include "engines/studio/sounds.h"
#include "plan/brief.h"
#include "plan/form.h"

namespace focus::core::engines::studio {

/// The random choices for a movement, as a segment plays it. If the decisions of two neighbours
/// were last drawn at the same segments, their palettes of a movement are equal, and so are their
/// notes where they overlap.
struct Palette {
  plan::Key key;
  // chords
  int chord_bars = 2;
  int phrase_chords = 4;
  // register
  int pad_centre = 60;
  int lead_centre = 72;
  // room
  double brightness_octaves = 0.0;  ///< added to the cutoffs of the style
  double hall = 1.0;                ///< factor for the style's reverberation time
  // density
  int kit_step = 0;      ///< by how many figures percussion is busier (+) or calmer (-)
  double density = 1.0;  ///< factor for the density of the style's figures
  // voices
  PadSound pad = PadSound::warm, upper_pad = PadSound::glass;
  BassSound bass = BassSound::round;
  plan::Instrument lead = plan::Instrument::electric_piano, ostinato = plan::Instrument::marimba;
  plan::Scenery bed = plan::Scenery::wind;
  // motif
  Theme theme;

  int phrase_bars() const { return chord_bars * phrase_chords; }
};

/// Who plays a layer; see Note::sound.
std::uint8_t sound_of(const Palette& palette, Layer layer);

/// The random stream of a decision, as it was last drawn. The caller forks it by phrase, bar or
/// layer.
Random stream_of(const plan::Brief& brief, plan::Decision decision);
/// The same for what belongs to a movement. Movements with the same theme share the streams of
/// motif and chords, which are their material; of all others each movement has its own.
Random stream_of(const plan::Brief& brief, plan::Decision decision, const plan::Movement& movement);

/// `style` is that of the brief.
Palette draw_palette(const plan::Brief& brief, const Style& style, const plan::Movement& movement);

}  // namespace focus::core::engines::studio
