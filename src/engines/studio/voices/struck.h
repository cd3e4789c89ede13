// SPDX-License-Identifier: MIT
#pragma once

#include "dsp/modal.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::studio {

enum class StruckBody { pluck, mallet };

/// Eight modes set ringing: a plucked string (nearly harmonic) or a bar under a soft mallet.
class StruckVoice final : public Voice {
 public:
  /// `ring` scales how long it rings; a figure that runs is damped.
  StruckVoice(StruckBody body, int rate, double brightness, double ring)
      : body_(body), rate_(rate), brightness_(brightness), ring_(ring) {}
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  struct Slot {
    VoiceNote note;
    dsp::ModalBank bank;
    std::int64_t ends = 0;  ///< frames after the onset
    bool begun = false;
  };
  std::array<dsp::ModalBank::Mode, dsp::ModalBank::kModes> modes_of(const VoiceNote& note) const;

  StruckBody body_;
  int rate_;
  double brightness_, ring_;
  Polyphony<Slot, 20> notes_;
};

}  // namespace focus::core::studio
