// SPDX-License-Identifier: MIT
#pragma once

#include "dsp/filters.h"
#include "engines/studio/voices/instruments.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// An instrument that sounds as long as it is bowed or blown.
struct SustainedBody {
  static constexpr int kPartials = 8;
  std::array<float, kPartials> soft;  ///< amplitudes of the partials that always sound
  std::array<float, kPartials> full;  ///< amplitudes of those that pressure adds
  double attack_seconds, release_seconds;
  double vibrato_hertz, vibrato_cents;  ///< begins 0.25 s after the onset
  float breath;                         ///< level of the noise around the second partial
};

/// The body of an instrument that is bowed, blown or sung.
const SustainedBody& sustained_body(plan::Instrument instrument);

/// Bowed strings, flute, organ and a humming voice. Pressure (velocity, with a slow variation)
/// makes a tone louder and richer. The vibrato is a function of the note's age.
class SustainedVoice final : public Voice {
 public:
  SustainedVoice(const SustainedBody& body, int rate, const Touch& touch);
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  struct Slot {
    VoiceNote note;
    dsp::Svf breath;
    double hertz = 440.0;
    float gain = 1.0f;                                           ///< makes all bodies equally loud
    std::array<float, SustainedBody::kPartials> soft{}, full{};  ///< those that the rate holds
  };
  struct State {
    double turns;
    float level, pressure;
  };
  /// The state of the tone `age` frames after its onset.
  State state_at(const Slot& slot, std::int64_t age) const;
  bool play(Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;

  const SustainedBody& body_;
  int rate_;
  Touch touch_;
  double attack_, release_;  // frames
  Polyphony<Slot, 12> notes_;
};

}  // namespace focus::core::engines::studio
