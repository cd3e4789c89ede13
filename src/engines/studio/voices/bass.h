// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/sounds.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// The envelope of a bass note, in seconds.
struct BassTouch {
  double attack = 0.05, t60 = 20.0, release_t60 = 0.35;
};

/// A bass with four partials: those above the fundamental make the pitch audible on small speakers.
class BassVoice final : public Voice {
 public:
  BassVoice(BassSound sound, int rate, BassTouch touch)
      : sound_(sound), rate_(rate), touch_(touch) {}
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  struct Slot {
    VoiceNote note;
    std::uint32_t step = 0;
  };
  bool play(const Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;

  BassSound sound_;
  int rate_;
  BassTouch touch_;
  Polyphony<Slot, 8> notes_;
};

}  // namespace focus::core::engines::studio
