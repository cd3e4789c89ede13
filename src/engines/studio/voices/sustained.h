// SPDX-License-Identifier: MIT
#pragma once

#include "dsp/filters.h"
#include "engines/studio/voices/instruments.h"
#include "engines/studio/voices/voice.h"

namespace focus::core::engines::studio {

/// An instrument that sounds as long as it is bowed or blown.
struct SustainedBody {
  static constexpr int kPartials = 12;
  std::array<float, kPartials> soft;  ///< amplitudes of the partials that always sound
  std::array<float, kPartials> full;  ///< amplitudes of those that pressure adds
  double attack_seconds, release_seconds;
  double vibrato_hertz, vibrato_cents;  ///< grows in from 0.25 s after the onset on
  float breath;                         ///< level of the noise around the second partial
  float hiss = 0.0f;                    ///< level of the noise of bow or reed, above 3 kHz
  /// Resonances that stay where they are: hertz, width, gain.
  std::array<std::array<double, 3>, 3> formants{};
};

/// The body of an instrument that is bowed, blown or sung.
const SustainedBody& sustained_body(plan::Instrument instrument);

/// Bowed strings, winds, organ and a humming voice. Pressure (velocity, with a slow variation)
/// makes a tone louder and richer. The vibrato is a function of the note's age.
class SustainedVoice final : public Voice {
 public:
  SustainedVoice(const SustainedBody& body, int rate, const Touch& touch);
  void start(const VoiceNote& note) override;
  void render(std::int64_t frame, int frames, float* left, float* right) override;

 private:
  struct State {
    double turns;
    float level, pressure;
  };
  struct Slot {
    VoiceNote note;
    dsp::Svf breath;
    dsp::OnePole hiss;
    double hertz = 440.0;
    int partials = 1;   ///< those that the rate holds and the body has
    float gain = 1.0f;  ///< makes all bodies and pitches equally loud
    std::array<float, SustainedBody::kPartials> soft{}, full{};
    std::int64_t next_frame = -1;  ///< the end of the last block, to which `next` belongs
    State next{};
  };
  /// The state of the tone `age` frames after its onset.
  State state_at(const Slot& slot, std::int64_t age) const;
  bool play(Slot& slot, std::int64_t frame, int frames, float* left, float* right) const;
  /// The partials, between two states.
  static void add_tone(const Slot& slot, const State& from, const State& to, int frames,
                       float* out);

  const SustainedBody& body_;
  int rate_;
  Touch touch_;
  double attack_, release_;  // frames
  Polyphony<Slot, 12> notes_;
};

}  // namespace focus::core::engines::studio
