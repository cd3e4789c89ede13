// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>

#include "engines/studio/voices/pad_tables.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::studio {

/// A pad. Each side of each note reads its table with two heads that fade into each other, and a
/// head that has faded out starts again from another place: the same spectrum, and never the same
/// second twice. Under them stands the fundamental, one sine that does not waver, so that a low
/// chord carries. Every note swells on its own.
class PadVoice final : public Voice {
 public:
  /// `swell` is how far each note comes and goes, 0 to 0.5.
  PadVoice(PadSound sound, int rate, double attack_seconds, double release_seconds, double swell);

  /// Gets the table of a pitch that will be played: the part of the work that allocates.
  void prepare(int pitch);

  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  struct Slot {
    VoiceNote note;
    const PadTable* table = nullptr;
    std::uint32_t fundamental_step = 0;
  };
  bool play(const Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;
  void add_fundamental(const Slot& slot, double level_from, double level_to, std::int64_t frame,
                       int frames, float* left, float* right) const;
  double level(const VoiceNote& note, std::int64_t frame) const;

  PadSound sound_;
  int rate_;
  double attack_, release_;  // frames
  double swell_;
  std::int64_t hop_;  // frames from one head's start to the next
  std::map<int, std::shared_ptr<const PadTable>> tables_;
  Polyphony<Slot, 24> notes_;
};

}  // namespace focus::core::studio
