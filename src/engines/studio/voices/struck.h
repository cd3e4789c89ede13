// SPDX-License-Identifier: MIT
#pragma once

#include "dsp/filters.h"
#include "dsp/modal.h"
#include "engines/studio/voices/instruments.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// The eight modes of an instrument's body when it is struck or plucked.
struct StruckBody {
  using Modes = std::array<double, dsp::ModalBank::kModes>;
  Modes ratio;                  ///< frequency, relative to the fundamental
  Modes gain;                   ///< for a hard stroke; a soft one has weaker upper modes
  Modes ring;                   ///< decay time, relative to the first mode
  double t60_seconds;           ///< of the first mode, at middle C
  double t60_per_octave;        ///< factor per octave upwards
  double softness;              ///< attenuation of the softest stroke, in dB per octave
  double level_db;              ///< makes all bodies equally loud
  double beat_hertz;            ///< detuning of modes with the same ratio: pairs of strings
  double noise_db = -30.0;      ///< of the finger, the hammer or the mallet, at a hard stroke
  double noise_hertz = 2500.0;  ///< the middle of that noise
  double noise_seconds = 0.05;  ///< in which it falls by 60 dB
  double tremolo_hertz = 0.0;   ///< of a motor, that opens and closes the resonators
  double tremolo_depth = 0.0;   ///< 0 to 1
};

/// The body of an instrument that is struck or plucked.
const StruckBody& struck_body(plan::Instrument instrument);

/// Strings, bars, tines and bells: modes that decay freely after the stroke.
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
    dsp::Svf touch;                              ///< of the noise
    double noise_level = 0.0, noise_fall = 1.0;  ///< at the onset, and its factor per frame
    std::int64_t ends = 0;                       ///< in frames after the onset
    bool begun = false;
  };
  Modes modes_of(const VoiceNote& note) const;
  void add_noise(Slot& slot, std::int64_t age, int frames, float* out) const;
  void add_tremolo(std::int64_t frame, int frames, float* samples) const;

  const StruckBody& body_;
  int rate_;
  Touch touch_;
  Polyphony<Slot, 20> notes_;
};

}  // namespace focus::core::engines::studio
