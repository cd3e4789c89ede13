// SPDX-License-Identifier: MIT
#pragma once

#include "dsp/modal.h"
#include "engines/studio/voices/instruments.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::studio {

/// A body of eight modes, as it rings when it is struck or plucked.
struct StruckBody {
  using Modes = std::array<double, dsp::ModalBank::kModes>;
  Modes ratio;            ///< of the fundamental
  Modes gain;             ///< struck hard; a soft hand takes from the upper ones
  Modes ring;             ///< of the first mode's time
  double t60_seconds;     ///< of the first mode, at middle C
  double t60_per_octave;  ///< factor an octave up
  double softness;        ///< dB an octave that the softest touch takes
  double level_db;        ///< brings the bodies to one loudness
  double beat_hertz;      ///< between modes of one ratio: strings in pairs
};

/// The body of an instrument that is struck or plucked.
const StruckBody& struck_body(Instrument instrument);

/// Modes set ringing by a hand: strings, bars, tines and bells.
class StruckVoice final : public Voice {
 public:
  StruckVoice(const StruckBody& body, int rate, const Touch& touch)
      : body_(body), rate_(rate), touch_(touch) {}
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  using Modes = std::array<dsp::ModalBank::Mode, dsp::ModalBank::kModes>;
  struct Slot {
    VoiceNote note;
    Modes modes;
    dsp::ModalBank bank;
    std::int64_t ends = 0;  ///< frames after the onset
    bool begun = false;
  };
  Modes modes_of(const VoiceNote& note) const;

  const StruckBody& body_;
  int rate_;
  Touch touch_;
  Polyphony<Slot, 20> notes_;
};

}  // namespace focus::core::studio
