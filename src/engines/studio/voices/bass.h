// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/voices/voice.h"

namespace focus::core::studio {

enum class BassTimbre { round, reedy };

/// A bass of four partials: enough above the fundamental for small speakers to tell the note.
class BassVoice final : public Voice {
 public:
  BassVoice(BassTimbre timbre, int rate, double attack_seconds, double t60_seconds)
      : timbre_(timbre), rate_(rate), attack_(attack_seconds), t60_(t60_seconds) {}
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  struct Slot {
    VoiceNote note;
    std::uint32_t step = 0;
  };
  bool play(const Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;

  BassTimbre timbre_;
  int rate_;
  double attack_, t60_;
  Polyphony<Slot, 8> notes_;
};

}  // namespace focus::core::studio
