// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "audio/buffer.h"

namespace focus::core::mastering {

/// A steady pulse, as estimated from the onsets in about half a minute of audio. The beat is the
/// period of the pulse. A bar has four beats.
struct Tempo {
  double beat_seconds = 0.0;        ///< the period; 0: no pulse was found
  double first_beat_seconds = 0.0;  ///< from the start of the audio
  double confidence = 0.0;          ///< similarity of one beat to the next, 0 to 1
  double first_bar_seconds = 0.0;   ///< the first downbeat
  double bar_confidence = 0.0;      ///< how much downbeats exceed other beats, 0 to 1
  double first_pair_seconds = 0.0;  ///< the first accented beat, if every second beat is accented
  double pair_confidence = 0.0;

  double bpm() const { return beat_seconds > 0.0 ? 60.0 / beat_seconds : 0.0; }
  bool known() const { return confidence >= 0.35; }
  bool pairs_known() const { return known() && pair_confidence >= 0.1; }
  bool bars_known() const { return known() && bar_confidence >= 0.3; }
};

/// Estimates the tempo, from 50 to 200 beats a minute. The method works for drums and for plucked
/// or struck notes in strict time. It does not follow a tempo that drifts, and it does not detect a
/// pulse that only chord changes mark, or bars that do not have four beats. Between a tempo, its
/// half and its double it prefers the one closest to 105 beats a minute.
Tempo find_tempo(audio::ConstAudioView audio, int sample_rate);

/// What coincides in a crossfade.
enum class TempoMatch { none, beats, downbeats };

/// The frames by which the old piece must be read earlier (0 to less than one beat or bar) so that
/// the beats of both coincide in the middle of the overlap. `none` if either tempo is unknown, or
/// if the two differ by more than 2 %, also after doubling one of them.
struct BeatShift {
  TempoMatch match = TempoMatch::none;
  std::int64_t frames = 0;
};

/// Computes the shift. `old_middle_seconds` and `new_middle_seconds` are the position of the
/// overlap's middle in the audio for which the respective tempo was estimated.
BeatShift find_beat_shift(const Tempo& old_tempo, double old_middle_seconds, const Tempo& new_tempo,
                          double new_middle_seconds, int sample_rate);

}  // namespace focus::core::mastering
