// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "engines/soundscape/bands.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/tones.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// A heart at rest, heard from within: two soft blows a beat and the flow of blood. The rate swings
/// with the breath and wanders slowly; the count of beats is a closed function of time.
class HeartVoice final : public Voice {
 public:
  HeartVoice(const Random& random, int rate)
      : rate_(rate),
        white_(random, "blood"),
        colour_(Colour::brown),
        flow_(rate),
        beats_(random.fork("beats")),
        breath_(random, "breath", 4.7),
        tones_(rate) {
    Random draws = random.fork("rate");
    per_second_ = draws.uniform(50.0, 58.0) / 60.0;
    for (double& phase : phases_) phase = draws.uniform();
    for (std::size_t lane = 0; lane < 4; ++lane) flow_.tune(lane, lane < 2 ? 80.0 : 210.0, 0.7);
  }
  double memory_seconds() const override { return 1.0; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double from = static_cast<double>(frame) / rate_;
    const double until = static_cast<double>(frame + kBlock) / rate_;
    const double beats = beats_at(until);
    const double part = beats - dsp::floor_of(beats);
    const double pulse =
        fading(3.5 * part) + 0.6 * smooth_step(0.3, 0.36, part) * fading(5.0 * part);
    const double breath = 1.0 + 0.4 * breath_.at(until);
    const auto low = static_cast<float>(0.012 + 0.05 * pulse);
    const auto high = static_cast<float>((0.01 + 0.03 * pulse) * breath);
    Stereo noise, out{};
    white_.render(frame, noise);
    colour_.process(noise);
    flow_.render(noise, {low, low, high, high}, out);
    const double before = beats_at(from);
    if (dsp::floor_of(beats) > before) blow(dsp::floor_of(beats), false);
    if (dsp::floor_of(beats - kSecond) > before - kSecond) blow(dsp::floor_of(beats), true);
    tones_.render(out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  static constexpr double kSecond = 0.32;  // of a beat, at which the second sound comes

  double beats_at(double seconds) const {
    constexpr std::array<double, 3> kPeriods = {4.9, 41.0, 193.0}, kSwings = {0.03, 0.03, 0.04};
    double way = seconds;
    for (std::size_t n = 0; n < 3; ++n) {
      way += kSwings[n] * kPeriods[n] / (2.0 * dsp::kPi) *
             dsp::sine_turns(seconds / kPeriods[n] + phases_[n]);
    }
    return per_second_ * way;
  }

  void blow(double beat, bool second) {
    Random draws = beats_.fork(static_cast<std::uint64_t>(static_cast<std::int64_t>(beat)) * 2 +
                               (second ? 1 : 0));
    Tone tone;
    tone.hertz = (second ? 72.0 : 54.0) * (1.0 + 0.03 * draws.uniform(-1.0, 1.0));
    tone.octaves = -0.4;
    tone.seconds = second ? 0.16 : 0.24;
    tone.attack = second ? 0.012 : 0.02;
    tone.level = (second ? 0.5 : 0.8) * draws.uniform(0.8, 1.0);
    tones_.begin(tone);
    tone.hertz *= 2.6;  // what small loudspeakers still give
    tone.seconds *= 0.6;
    tone.level *= 0.22;
    tones_.begin(tone);
  }

  int rate_;
  WhiteBed white_;
  ColourFilter colour_;
  TwoBands flow_;
  Random beats_;
  Drift breath_;
  Tones tones_;
  double per_second_ = 0.9;
  std::array<double, 3> phases_{};
};

}  // namespace

std::unique_ptr<Voice> make_heartbeat(const Random& random, int rate) {
  return std::make_unique<HeartVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
