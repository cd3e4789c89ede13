// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "engines/soundscape/bands.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/tones.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// A wood fire: a low roar that flickers, crackle in bursts, now and then a pop or escaping steam.
class FireVoice final : public Voice {
 public:
  FireVoice(const Random& random, int rate)
      : rate_(rate),
        roar_white_(random, "roar"),
        hiss_white_(random, "hiss"),
        colour_(Colour::brown),
        roar_(rate),
        hiss_(rate),
        crackle_bands_(rate),
        flicker_{Drift(random, "flicker 0", 0.17), Drift(random, "flicker 1", 0.21)},
        flame_(random, "flame", 6.1),
        burn_(random, "burn", 90.0),
        bursts_(random, "bursts", 1.7),
        steam_(random, "steam", 37.0),
        crackle_(random, "crackle"),
        pops_(random, "pops"),
        tones_(rate) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      roar_.tune(lane, lane < 2 ? 75.0 : 240.0, 0.7);
      hiss_.tune(lane, lane < 2 ? 1800.0 : 5400.0, 0.8);
      crackle_bands_.tune(lane, lane < 2 ? 1500.0 : 3900.0, 1.6);
    }
  }
  double memory_seconds() const override { return 0.4; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double seconds = static_cast<double>(frame + kBlock) / rate_;
    const double flame = (0.7 + 0.3 * flame_.at(seconds)) * (0.85 + 0.15 * burn_.at(seconds));
    std::array<float, 4> roar, hiss;
    const double steam = steam_at(seconds);
    for (std::size_t side = 0; side < 2; ++side) {
      const double flicker = flicker_[side].share_at(seconds);
      roar[side] = static_cast<float>(0.01 * flame * (0.35 + flicker));
      roar[side + 2] = static_cast<float>(0.02 * flame * (0.2 + flicker * flicker));
      hiss[side] = static_cast<float>(0.016 * flame * (0.5 + flicker));
      hiss[side + 2] = static_cast<float>(0.01 * flame + 0.1 * steam);
    }
    Stereo noise, air, sparks{}, out{};
    roar_white_.render(frame, noise);
    colour_.process(noise);
    roar_.render(noise, roar, out);
    hiss_white_.render(frame, air);
    hiss_.render(air, hiss, out);
    strike(frame, seconds, flame, sparks);
    crackle_bands_.render(sparks, {1.0f, 1.0f, 1.0f, 1.0f}, out);
    tones_.render(out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  /// Steam from a damp log: in every third slot, 0.5 to 2 s.
  double steam_at(double seconds) const {
    const std::int64_t slot = steam_.slot_at(seconds);
    Random draws = steam_.draws_of(slot);
    if (!draws.chance(0.35)) return 0.0;
    const double age = seconds - steam_.start_of(slot) - draws.uniform(1.0, 30.0);
    const double length = draws.uniform(0.5, 2.0);
    if (age <= 0.0 || age > 4.0) return 0.0;
    return draws.uniform(0.3, 1.0) * smooth_step(0.0, 0.15, age) * fading(3.0 * age / length);
  }

  /// How dense the crackle is: a burst in some slots, which thins out.
  double density_at(double seconds) const {
    const std::int64_t slot = bursts_.slot_at(seconds);
    Random draws = bursts_.draws_of(slot);
    double density = 2.5;
    if (draws.chance(0.42)) {
      const double age = seconds - bursts_.start_of(slot) - draws.uniform(0.0, 0.8);
      if (age > 0.0) density += draws.uniform(15.0, 70.0) * fading(age / draws.uniform(0.1, 0.45));
    }
    return density;
  }

  void strike(std::int64_t frame, double seconds, double flame, Stereo& sparks) {
    const double block_seconds = static_cast<double>(kBlock) / rate_;
    const std::int64_t block = floor_divide(frame, kBlock);
    const double side = 0.7 * (2.0 * bursts_.draws_of(bursts_.slot_at(seconds)).uniform() - 1.0);
    crackle_.at(block, flame * density_at(seconds) * block_seconds, [&](Random& draws) {
      const double size = draws.uniform();
      const dsp::StereoGain gain = panned(limit(side + draws.uniform(-0.3, 0.3), -0.9, 0.9));
      // A crack is two or three breaks of the wood within a millisecond.
      const int breaks = draws.between(1, 3);
      for (int n = 0; n < breaks; ++n) {
        const auto level = static_cast<float>(1.5 * size * size * size + 0.1) *
                           static_cast<float>(draws.uniform(-1.0, 1.0));
        const int at = draws.below(kBlock);
        sparks.left[at] += level * gain.left;
        sparks.right[at] += level * gain.right;
      }
    });
    pops_.at(block, flame * 0.16 * block_seconds, [&](Random& draws) {
      Tone pop;
      pop.hertz = draws.uniform(170.0, 420.0);
      pop.octaves = -0.6;
      pop.seconds = draws.uniform(0.04, 0.1);
      pop.attack = 0.0007;
      pop.level = draws.uniform(0.03, 0.1);
      pop.pan = draws.uniform(-0.5, 0.5);
      tones_.begin(pop);
      const int at = draws.below(kBlock);
      sparks.left[at] += 1.2f;
      sparks.right[at] += 1.2f;
    });
  }

  int rate_;
  WhiteBed roar_white_, hiss_white_;
  ColourFilter colour_;
  TwoBands roar_, hiss_, crackle_bands_;
  std::array<Drift, 2> flicker_;
  Drift flame_, burn_;
  Slots bursts_, steam_;
  Shower crackle_, pops_;
  Tones tones_;
};

}  // namespace

std::unique_ptr<Voice> make_fire(const Random& random, int rate) {
  return std::make_unique<FireVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
