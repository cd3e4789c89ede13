// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "engines/studio/score/chord.h"
#include "engines/studio/score/palette.h"
#include "engines/studio/score/phrases.h"
#include "engines/studio/score/voicing.h"
#include "plan/brief.h"
#include "plan/key.h"

namespace focus::core::engines::studio {

/// A chord with its voices at definite pitches.
struct VoicedChord {
  static constexpr std::size_t kVoices = kChordVoices;
  std::array<int, kVoices> pitches{};  ///< ascending
  int root = 0;                        ///< its pitch class
  int bass = 40;                       ///< the pitch of the bass
  std::array<int, 7> scale{};          ///< pitch classes of melodies over it; see Chord
  std::int64_t bar = 0;                ///< absolute number of its first bar
  int bars = 1;
  /// Pads leave a voice out where it has been held for too long.
  std::array<bool, kVoices> rests{};

  bool contains(int pitch) const;
  double start_beat() const { return 4.0 * static_cast<double>(bar); }
  double end_beat() const { return 4.0 * static_cast<double>(bar + bars); }
};

/// The harmony of a movement: for each phrase a progression by its role (see progressions.inc),
/// voiced from the movement's first chord to its last. At the end of the movement a chord of both
/// keys and the dominant lead to the key of the next one.
class Harmony {
 public:
  /// What a movement's harmony is made of.
  struct Setting {
    const plan::Brief& brief;
    const Style& style;
    const Palette& palette;
    const plan::Form& form;
    const plan::Movement& movement;
    const std::vector<PhrasePlace>& phrases;  ///< of the movement
    std::optional<plan::Key> next;            ///< the key of the next movement
  };
  explicit Harmony(const Setting& setting);

  /// The chords of a phrase, by its number in the movement.
  const std::vector<VoicedChord>& phrase(int number) const {
    return phrases_[static_cast<std::size_t>(number)];
  }
  /// The last chord of the session, led to from the movement's last one. Its bars are not set.
  const VoicedChord& final_chord() const { return final_chord_; }
  /// Returns `triad` in a voicing close to `chord`, and with its place: the pivot chord of a
  /// modulation.
  VoicedChord passing(const plan::Triad& triad, const VoicedChord& chord) const;

 private:
  /// Leads chords to each other while a movement is written.
  class Writer;

  plan::Key key_;
  std::vector<std::vector<VoicedChord>> phrases_;
  VoicedChord final_chord_;
};

}  // namespace focus::core::engines::studio
