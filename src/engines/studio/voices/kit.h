// SPDX-License-Identifier: MIT
#pragma once

#include "dsp/filters.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// A soft drum kit: a kick with a falling pitch, and filtered noise for shaker, hat and rim. The
/// pitches are those of score/note.h.
class KitVoice final : public Voice {
 public:
  KitVoice(int rate, double brightness) : rate_(rate), brightness_(brightness) {}
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  struct Slot {
    VoiceNote note;
    dsp::Svf band;
    double t60 = 0.1, attack = 0.001;
    float gain = 1.0f, tone = 0.0f;
    std::uint32_t tone_step = 0;
  };
  bool play_noise(Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;
  bool play_kick(const Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;

  int rate_;
  double brightness_;
  Polyphony<Slot, 12> notes_;
};

}  // namespace focus::core::engines::studio
