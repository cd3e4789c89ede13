// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "audio/buffer.h"

namespace focus::core {

/// A steady pulse, as far as one can be heard in half a minute of audio by its onsets alone.
struct Tempo {
  double beat_seconds = 0.0;        ///< from one beat to the next; 0: no pulse was found
  double first_beat_seconds = 0.0;  ///< from the start of the audio
  double confidence = 0.0;          ///< how alike one beat is to the next, 0 to 1
  double first_bar_seconds = 0.0;   ///< the first downbeat, of bars of four
  double bar_confidence = 0.0;      ///< by how much downbeats stand out, 0 to 1
  double first_pair_seconds = 0.0;  ///< the first of those, every second one, with the accent
  double pair_confidence = 0.0;

  double bpm() const { return beat_seconds > 0.0 ? 60.0 / beat_seconds : 0.0; }
  bool known() const { return confidence >= 0.35; }
  bool pairs_known() const { return known() && pair_confidence >= 0.1; }
  bool bars_known() const { return known() && bar_confidence >= 0.3; }
};

/// Listens for a pulse of 50 to 200 beats a minute. It hears drums and plucked or struck notes in
/// strict time. It does not hear a tempo that drifts, a pulse that only chords tell, or bars of
/// other than four beats; half and double tempo are told apart by what is usual, no more.
Tempo find_tempo(ConstAudioView audio, int sample_rate);

/// What meets in a crossfade.
enum class TempoMatch { none, beats, downbeats };

/// Frames by which the old one has to be taken earlier (from 0 to less than a beat or a bar) for
/// the two to meet in the middle of the overlap; none where either tempo is unknown or they differ
/// by more than 2 % (once one is doubled, if that helps).
struct BeatShift {
  TempoMatch match = TempoMatch::none;
  std::int64_t frames = 0;
};

/// `old_middle_seconds` and `new_middle_seconds`: the overlap's middle in the audio that each tempo
/// was found in.
BeatShift find_beat_shift(const Tempo& old_tempo, double old_middle_seconds, const Tempo& new_tempo,
                          double new_middle_seconds, int sample_rate);

}  // namespace focus::core
