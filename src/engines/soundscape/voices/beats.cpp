// SPDX-License-Identifier: MIT
#include "dsp/math.h"
#include "engines/soundscape/beat_phase.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// Two tones, one a side, whose frequencies differ by the beat. It needs headphones. A fifth of
/// each tone is on the other side as well: where the sides are added up, or heard from
/// loudspeakers, the tones beat in the air at the same rate, and neither is ever lost.
class BinauralVoice final : public Voice {
 public:
  BinauralVoice(const plan::SceneLayer& layer, int rate)
      : low_(layer.carrier_hertz - 0.5 * layer.beat_hertz, rate),
        high_(layer.carrier_hertz + 0.5 * layer.beat_hertz, rate) {}
  double memory_seconds() const override { return 0.0; }
  void render(std::int64_t frame, float* left, float* right) override {
    for (int i = 0; i < kBlock; ++i) {
      const float a = dsp::sine_of_phase(low_.sine_phase_at(frame + i));
      const float b = dsp::sine_of_phase(high_.sine_phase_at(frame + i));
      left[i] = 0.8f * a + 0.2f * b;
      right[i] = 0.8f * b + 0.2f * a;
    }
  }

 private:
  BeatPhase low_, high_;
};

/// One tone that comes and goes with the beat, the same on both sides. A pulse takes half of the
/// beat's time, its edges a quarter of it each, as half periods of a cosine.
class IsochronicVoice final : public Voice {
 public:
  IsochronicVoice(const plan::SceneLayer& layer, int rate)
      : carrier_(layer.carrier_hertz, rate), beat_(layer.beat_hertz, rate) {}
  double memory_seconds() const override { return 0.0; }
  void render(std::int64_t frame, float* left, float* right) override {
    for (int i = 0; i < kBlock; ++i) {
      const float part = static_cast<float>(beat_.sine_phase_at(frame + i)) * 0x1p-32f;
      left[i] = right[i] = edge(part) * dsp::sine_of_phase(carrier_.sine_phase_at(frame + i));
    }
  }

 private:
  /// 0 to 1 and back within a beat: a trapezoid, made round.
  static float edge(float part) {
    const float distance = part < 0.5f ? 0.5f - part : part - 0.5f;  // from the pulse's middle
    const float line = 1.5f - 4.0f * distance;                       // of a slope a quarter long
    const float level = line < 0.0f ? 0.0f : (line > 1.0f ? 1.0f : line);
    return 0.5f + 0.5f * dsp::sine_half_turns(level - 0.5f);
  }

  BeatPhase carrier_, beat_;
};

}  // namespace

std::unique_ptr<Voice> make_beats(const plan::SceneLayer& layer, int rate) {
  if (layer.scene == plan::Scene::binaural) return std::make_unique<BinauralVoice>(layer, rate);
  return std::make_unique<IsochronicVoice>(layer, rate);
}

}  // namespace focus::core::engines::soundscape
