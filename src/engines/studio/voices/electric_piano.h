// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/voices/instruments.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// An electric piano by frequency modulation (Chowning, 1973): one modulator for the body, whose
/// index decreases with time, and one with a high frequency and a short decay for the tine.
class ElectricPiano final : public Voice {
 public:
  ElectricPiano(int rate, const Touch& touch) : rate_(rate), touch_(touch) {}
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  struct Slot {
    VoiceNote note;
    std::uint32_t carrier_step = 0, tine_step = 0;
    double t60 = 1.0, body_index = 0.0, tine_index = 0.0;
  };
  bool play(const Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;

  int rate_;
  Touch touch_;
  Polyphony<Slot, 20> notes_;
};

}  // namespace focus::core::engines::studio
