// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "engines/soundscape/bands.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/tones.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// An express train from inside: rumble, and at each joint of the rails the blows of two bogies.
/// The way is a closed function of time: a mean speed and three slow waves around it.
class TrainVoice final : public Voice {
 public:
  TrainVoice(const Random& random, int rate)
      : rate_(rate),
        white_(random, "rails"),
        colour_(Colour::brown),
        rumble_(rate),
        clack_band_(rate),
        air_(rate),
        sway_{Drift(random, "sway left", 1.1), Drift(random, "sway right", 1.3)},
        track_(random, "track", 27.0),
        joints_(random.fork("joints")),
        squeals_(random, "squeals", 73.0),
        tones_(rate) {
    Random draws = random.fork("speed");
    for (double& phase : phases_) phase = draws.uniform();
    for (std::size_t lane = 0; lane < 4; ++lane) {
      rumble_.tune(lane, lane < 2 ? 62.0 : 190.0, 0.9);
      clack_band_.tune(lane, lane < 2 ? 420.0 : 1350.0, 1.8);
      air_.tune(lane, lane < 2 ? 520.0 : 1700.0, 0.5);
    }
  }
  double memory_seconds() const override { return 1.5; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double from = static_cast<double>(frame) / rate_;
    const double until = static_cast<double>(frame + kBlock) / rate_;
    const double track = 0.75 + 0.25 * track_.at(until);
    std::array<float, 4> rumble, air;
    for (std::size_t side = 0; side < 2; ++side) {
      const double sway = 1.0 + 0.35 * sway_[side].at(until);
      rumble[side] = static_cast<float>(0.009 * sway * track);
      rumble[side + 2] = static_cast<float>(0.01 * sway * (1.5 - 0.5 * track));
      air[side] = static_cast<float>(0.016 * track);
      air[side + 2] = static_cast<float>(0.03 * (0.8 + 0.2 * sway));
    }
    Stereo noise, blows{}, out{};
    white_.render(frame, noise);
    colour_.process(noise);
    rumble_.render(noise, rumble, out);
    air_.render(noise, air, out);
    // The wheels of four axles, by their distance from the first.
    constexpr std::array<double, 4> kAxles = {0.0, 2.5, 15.6, 18.1};
    for (std::size_t axle = 0; axle < kAxles.size(); ++axle) {
      const double before = (way_at(from) - kAxles[axle]) / kRail;
      const double after = (way_at(until) - kAxles[axle]) / kRail;
      const double joint = dsp::floor_of(after);
      if (joint > before) strike(axle, static_cast<std::int64_t>(joint), blows);
    }
    clack_band_.render(blows, {1.0f, 1.0f, 0.7f, 0.7f}, out);
    squeal(from, until);
    tones_.render(out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  static constexpr double kRail = 25.0;  // metres from joint to joint

  /// Metres since the session's start.
  double way_at(double seconds) const {
    constexpr std::array<double, 3> kPeriods = {71.0, 113.0, 307.0}, kSwings = {0.035, 0.05, 0.08};
    double way = seconds;
    for (std::size_t n = 0; n < 3; ++n) {
      way += kSwings[n] * kPeriods[n] / (2.0 * dsp::kPi) *
             dsp::sine_turns(seconds / kPeriods[n] + phases_[n]);
    }
    return 19.5 * way;
  }

  void strike(std::size_t axle, std::int64_t joint, Stereo& blows) {
    // A joint is more or less worn, which all axles feel.
    Random draws = joints_.fork(static_cast<std::uint64_t>(joint));
    const double worn = draws.uniform(0.35, 1.0);
    const double near = axle < 2 ? 1.0 : 0.6;
    const double level = worn * near * (axle % 2 == 0 ? 1.0 : 0.8);
    const double pan = (axle < 2 ? -0.25 : 0.45) + draws.uniform(-0.1, 0.1);
    const dsp::StereoGain gain = panned(pan);
    for (int n = 0; n < 6; ++n) {
      const int at = draws.below(kBlock);
      const auto blow = static_cast<float>(16.0 * level * draws.uniform(-1.0, 1.0));
      blows.left[at] += blow * gain.left;
      blows.right[at] += blow * gain.right;
    }
    Tone thump;
    thump.hertz = axle % 2 == 0 ? 96.0 : 84.0;
    thump.octaves = -0.35;
    thump.seconds = 0.16;
    thump.attack = 0.004;
    thump.level = 1.6 * level;
    thump.pan = 0.5 * pan;
    tones_.begin(thump);
  }

  /// A wheel squeals in a bend, seldom and softly.
  void squeal(double from, double until) {
    const std::int64_t slot = squeals_.slot_at(from);
    Random draws = squeals_.draws_of(slot);
    if (!draws.chance(0.35)) return;
    const double at = squeals_.start_of(slot) + draws.uniform(5.0, 60.0);
    if (at < from || at >= until) return;
    const double hertz = draws.uniform(1900.0, 2900.0);
    const double seconds = draws.uniform(1.5, 4.0);
    for (int n = 0; n < 3; ++n) {
      Tone tone;
      tone.shape = Tone::Shape::blown;
      tone.hertz = hertz * (1.0 + 0.009 * n * n);
      tone.octaves = draws.uniform(-0.05, 0.05);
      tone.vibrato_hertz = draws.uniform(4.0, 9.0);
      tone.vibrato_octaves = 0.006;
      tone.seconds = seconds * draws.uniform(0.7, 1.0);
      tone.attack = 0.45 * tone.seconds;
      tone.level = 0.012;
      tone.pan = 0.5;
      tones_.begin(tone);
    }
  }

  int rate_;
  WhiteBed white_;
  ColourFilter colour_;
  TwoBands rumble_, clack_band_, air_;
  std::array<Drift, 2> sway_;
  Drift track_;
  Random joints_;
  Slots squeals_;
  Tones tones_;
  std::array<double, 3> phases_{};
};

/// A fan that turns its head: the blades beat the air, a motor hums, and both come and go from side
/// to side.
class FanVoice final : public Voice {
 public:
  FanVoice(const Random& random, int rate)
      : rate_(rate),
        white_(random, "air"),
        colour_(Colour::pink),
        wind_(rate),
        hiss_(rate),
        draught_(random, "draught", 2.3) {
    Random draws = random.fork("kind");
    blade_hertz_ = draws.uniform(58.0, 74.0);
    head_seconds_ = draws.uniform(13.0, 17.0);
    head_start_ = draws.uniform();
  }
  double memory_seconds() const override { return 0.3; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double seconds = static_cast<double>(frame + kBlock) / rate_;
    const double head = dsp::sine_turns(seconds / head_seconds_ + head_start_);  // -1 left, 1 right
    const double facing = 1.0 - head * head;  // 1: towards the listener
    const double draught = 1.0 + 0.2 * draught_.at(seconds);
    std::array<float, 4> wind, hiss;
    for (std::size_t side = 0; side < 2; ++side) {
      const double there = 1.0 + 0.45 * head * (side == 0 ? -1.0 : 1.0);
      wind[side] = static_cast<float>(0.8 * there * draught);
      wind[side + 2] = static_cast<float>(0.55 * there * (0.6 + 0.6 * facing));
      hiss[side] = static_cast<float>(0.34 * there * (0.4 + 0.8 * facing) * draught);
      hiss[side + 2] = static_cast<float>(0.12 * there * (0.3 + 0.9 * facing));
      wind_.tune(side, 210.0, 0.6);
      wind_.tune(side + 2, 640.0 + 140.0 * facing, 0.7);
      hiss_.tune(side, 1700.0 + 500.0 * facing, 0.6);
      hiss_.tune(side + 2, 4300.0, 0.6);
    }
    Stereo noise, out{};
    white_.render(frame, noise);
    colour_.process(noise);
    wind_.render(noise, wind, out);
    hiss_.render(noise, hiss, out);
    turn(frame, out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  /// The blades: they cut the air, and give a tone with overtones. The speed swings a little.
  void turn(std::int64_t frame, Stereo& out) const {
    for (int i = 0; i < kBlock; i += 32) {
      const double seconds = static_cast<double>(frame + i) / rate_;
      const double turns = blade_turns_at(seconds);
      const double next = blade_turns_at(seconds + 32.0 / rate_);
      const double begin = turns - dsp::floor_of(turns);
      const auto phase =
          static_cast<std::uint32_t>(static_cast<std::int64_t>(begin * 4294967296.0));
      const auto step = static_cast<std::uint32_t>(
          static_cast<std::int64_t>((next - turns) / 32.0 * 4294967296.0));
      for (int k = 0; k < 32; ++k) {
        const std::uint32_t p = phase + static_cast<std::uint32_t>(k) * step;
        const float one = dsp::sine_of_phase(p), two = dsp::sine_of_phase(2 * p);
        const float beat = 1.0f + 0.4f * one + 0.2f * two;
        const float tone = 0.055f * one + 0.035f * two + 0.012f * dsp::sine_of_phase(3 * p);
        out.left[i + k] = beat * out.left[i + k] + tone;
        out.right[i + k] = beat * out.right[i + k] + tone;
      }
    }
  }

  double blade_turns_at(double seconds) const {
    const double swing =
        0.9 * dsp::sine_turns(seconds / 19.7) + 1.7 * dsp::sine_turns(seconds / 83.0);
    return blade_hertz_ * seconds + swing;
  }

  int rate_;
  WhiteBed white_;
  ColourFilter colour_;
  TwoBands wind_, hiss_;
  Drift draught_;
  double blade_hertz_ = 66.0, head_seconds_ = 15.0, head_start_ = 0.0;
};

}  // namespace

std::unique_ptr<Voice> make_train(const Random& random, int rate) {
  return std::make_unique<TrainVoice>(random, rate);
}
std::unique_ptr<Voice> make_fan(const Random& random, int rate) {
  return std::make_unique<FanVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
