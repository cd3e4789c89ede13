// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "engines/studio/score/chord.h"

namespace focus::core::engines::studio {

/// How the voices of chords are spread: the families of arrangers.
enum class VoicingFamily {
  close,    ///< as near to each other as they can be
  open,     ///< drop 2: the second voice from above is an octave lower
  quartal,  ///< in fourths and fifths, as far as the chord has them
  shell     ///< two low, two high, and a gap between them
};
inline constexpr int kVoicingFamilyCount = 4;

/// What the voices of the next chord should be like.
struct VoicingWish {
  VoicingFamily family = VoicingFamily::close;
  double top = 67.0;     ///< the pitch at which the line of the top voice is to be
  double middle = 60.0;  ///< of all voices
  int lowest = 48;
  int highest = 79;
  double stillness = 0.0;   ///< the cost of each pair of tones that beat fast against each other
  double seconds = 6.0;     ///< how long the chord lasts
  double most_held = 24.0;  ///< after so many seconds a voice would rather move
};

/// Leads four voices from chord to chord. The top voice is a line of its own, led against the bass;
/// the others move as little as they can. A pitch is not held for ever.
class VoiceLeading {
 public:
  using Pitches = std::array<int, kChordVoices>;  // ascending

  /// The best voicing of a chord after those before it.
  Pitches next(const Chord& chord, int bass, const VoicingWish& wish);
  /// The same, which leaves the lines as they are.
  Pitches peek(const Chord& chord, int bass, const VoicingWish& wish) const;
  /// How long a pitch of the last voicing will have sounded at its end, in seconds.
  double held_seconds(int pitch) const { return held_[static_cast<std::size_t>(pitch)]; }
  /// The pitch is not played in the last voicing after all.
  void rest(int pitch) { held_[static_cast<std::size_t>(pitch)] = 0.0; }

 private:
  /// Exact where it is under `most`; otherwise anything from `most` up.
  double cost_of(const Pitches& pitches, int bass, const VoicingWish& wish, double most) const;

  Pitches last_{};
  int last_bass_ = 0;
  bool has_last_ = false;
  std::array<double, 128> held_{};  ///< seconds that each pitch has been sounding
};

}  // namespace focus::core::engines::studio
