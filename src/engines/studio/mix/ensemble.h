// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "engines/studio/clock.h"
#include "engines/studio/mix/buses.h"
#include "engines/studio/score/composer.h"
#include "engines/studio/voices/pad.h"
#include "engines/studio/voices/texture.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// Renders the score: owns a voice for each layer, starts the notes at their time, and fills the
/// buses.
class Ensemble {
 public:
  Ensemble(const Composer& composer, const Clock& clock, std::uint64_t seed, int rate);

  /// Accepts the notes and prepares their voices, which is the slow part (see PadVoice::prepare).
  /// Returns false, without having finished, as soon as `cancelled` returns true.
  bool prepare(const std::vector<Note>& notes, const std::function<bool()>& cancelled);

  /// Renders the block whose first frame, at the full rate, is `frame`.
  void render(std::int64_t frame, Buses& buses);

 private:
  struct Cue {
    VoiceNote note;
    Voice* voice;
  };
  /// Who plays a layer; see Note::sound.
  using Player = std::pair<Layer, std::uint8_t>;

  /// The voice of a player, which is made where it was not asked for before.
  Voice& voice_of(const Player& player);
  PadVoice& pad_of(const Player& player);
  std::unique_ptr<Voice> new_voice(const Player& player) const;
  std::unique_ptr<PadVoice> new_pad(const Player& player) const;

  Clock clock_;
  Style style_;
  int rate_;
  std::map<Player, std::unique_ptr<Voice>> voices_;
  std::map<Player, std::unique_ptr<PadVoice>> pads_;
  Texture texture_;
  std::vector<Cue> cues_;  ///< notes of the tonal voices, by onset
  std::vector<Cue> hits_;  ///< notes of the kit, by onset, at the full rate
  std::size_t next_cue_ = 0, next_hit_ = 0;
};

}  // namespace focus::core::engines::studio
