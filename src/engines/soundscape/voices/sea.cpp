// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "dsp/filters.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/noise_bed.h"
#include "engines/soundscape/tones.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// How loud the parts of the surf are on one side.
struct Surf {
  double swell = 0.0, crash = 0.0, hiss = 0.0, backwash = 0.0;
};

struct Wave {
  double breaks_at = 0.0;  ///< seconds of the session
  double height = 0.0;     ///< 0 to 1
  double pan = 0.0;
};

/// Waves that arrive in sets: of 5 to 8, 7 to 14 s apart, the middle ones the highest, then a lull.
class WaveSets {
 public:
  WaveSets(const Random& random, std::string_view label, double seconds, double height)
      : slots_(random, label, seconds), height_(height) {}

  /// Adds what the waves give at a time.
  void add_at(double seconds, Surf& left, Surf& right) {
    const std::int64_t slot = slots_.slot_at(seconds);
    for (const std::int64_t which : {slot - 1, slot, slot + 1}) {
      for (const Wave& wave : set_of(which).waves) {
        const double age = seconds - wave.breaks_at;
        if (wave.height > 0.0 && age > -4.0 && age < 16.0) add_wave(wave, age, left, right);
      }
    }
  }

 private:
  static constexpr int kMostWaves = 8;
  struct WaveSet {
    std::int64_t slot = -1'000'000;
    std::array<Wave, kMostWaves> waves{};
  };

  const WaveSet& set_of(std::int64_t slot) {
    WaveSet& set = sets_[static_cast<std::size_t>(((slot % 4) + 4) % 4)];
    if (set.slot == slot) return set;
    set = WaveSet{};
    set.slot = slot;
    Random draws = slots_.draws_of(slot);
    const double period = draws.uniform(7.0, 14.0);
    const int count = std::clamp(static_cast<int>(slots_.length() / period), 5, kMostWaves);
    const double strength = draws.uniform(0.65, 1.0);
    double at = slots_.start_of(slot) + draws.uniform(0.0, 8.0);
    for (int n = 0; n < count; ++n) {
      Wave& wave = set.waves[static_cast<std::size_t>(n)];
      const double place = (n + 0.7) / (count + 0.4);
      wave.breaks_at = at;
      wave.height = height_ * strength * draws.uniform(0.6, 1.0) * dsp::sine_turns(0.5 * place);
      wave.pan = draws.uniform(-0.6, 0.6);
      at += period * draws.uniform(0.85, 1.15);
    }
    return set;
  }

  static void add_wave(const Wave& wave, double age, Surf& left, Surf& right) {
    Surf surf;
    const double h = wave.height;
    surf.swell = h * smooth_step(-4.0, 0.2, age) * fading(std::max(age, 0.0) / 2.2);
    surf.crash = h * h * smooth_step(-0.9, 0.35, age) * fading(std::max(age - 0.35, 0.0) / 1.3);
    surf.hiss = h * smooth_step(-0.4, 1.3, age) * fading(std::max(age - 1.3, 0.0) / 2.4);
    surf.backwash = h * smooth_step(2.5, 5.5, age) * fading(std::max(age - 5.5, 0.0) / 2.0);
    // The crest runs along the beach.
    const dsp::StereoGain gain = panned(limit(wave.pan * (1.0 - 0.25 * age), -0.85, 0.85));
    const auto add = [&](Surf& side, double part) {
      side.swell += part * surf.swell;
      side.crash += part * surf.crash;
      side.hiss += part * surf.hiss;
      side.backwash += part * surf.backwash;
    };
    add(left, static_cast<double>(gain.left));
    add(right, static_cast<double>(gain.right));
  }

  Slots slots_;
  double height_;
  std::array<WaveSet, 4> sets_;
};

class SeaVoice final : public Voice {
 public:
  SeaVoice(const Random& random, int rate)
      : rate_(rate),
        near_(random, "near waves", 84.0, 1.0),
        far_(random, "far waves", 67.0, 0.4),
        deep_white_(random, "deep"),
        spray_white_(random, "spray"),
        colour_(Colour::pink),
        pebbles_(random, "pebbles", 0.021),
        tide_(random, "tide", 240.0) {
    for (std::size_t n = 0; n < 4; ++n) low_[n].set(n < 2 ? 210.0 : 1400.0, 0.6, rate);
    for (std::size_t n = 0; n < 4; ++n)
      high_[n].set(n < 2 ? 3300.0 : 2200.0, n < 2 ? 0.5 : 0.9, rate);
  }
  double memory_seconds() const override { return 0.4; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double seconds = static_cast<double>(frame + kBlock) / rate_;
    Surf surf[2];
    near_.add_at(seconds, surf[0], surf[1]);
    far_.add_at(seconds, surf[0], surf[1]);
    const double tide = 0.85 + 0.15 * tide_.at(seconds);
    const double pebbles = 0.5 + 0.5 * pebbles_.at(seconds);
    std::array<float, 4> deep, spray;
    for (std::size_t side = 0; side < 2; ++side) {
      deep[side] = static_cast<float>(tide * (0.1 + 0.8 * surf[side].swell));
      deep[side + 2] = static_cast<float>(tide * (0.03 + 1.5 * surf[side].crash));
      spray[side] = static_cast<float>(tide * (0.025 + 0.95 * surf[side].hiss));
      spray[side + 2] = static_cast<float>(tide * 0.8 * surf[side].backwash * pebbles);
    }
    const double open = std::max(surf[0].crash, surf[1].crash);
    low_[2].set(700.0 + 2200.0 * limit(open, 0.0, 1.0), 0.6, rate_);
    low_[3].set_like(low_[2]);
    play(frame, deep, spray, left, right);
  }

 private:
  void play(std::int64_t frame, const std::array<float, 4>& deep, const std::array<float, 4>& spray,
            float* left, float* right) {
    Stereo body, foam;
    deep_white_.render(frame, body);
    colour_.process(body);
    spray_white_.render(frame, foam);
    dsp::FourSvf low(low_, dsp::FourSvf::lowpass());
    dsp::FourSvf high(high_, {dsp::four(0.0f),
                              dsp::Float4{high_[0].k(), high_[1].k(), high_[2].k(), high_[3].k()},
                              dsp::four(0.0f)});
    dsp::Float4 deep_now = dsp::load4(deep_.data()), spray_now = dsp::load4(spray_.data());
    const dsp::Float4 part = dsp::four(1.0f / kBlock);
    const dsp::Float4 deep_step = (dsp::load4(deep.data()) - deep_now) * part;
    const dsp::Float4 spray_step = (dsp::load4(spray.data()) - spray_now) * part;
    for (int i = 0; i < kBlock; ++i) {
      deep_now = deep_now + deep_step;
      spray_now = spray_now + spray_step;
      const float l = body.left[i], r = body.right[i], fl = foam.left[i], fr = foam.right[i];
      const dsp::Float4 y = deep_now * low.step(dsp::Float4{l, r, l, r}) +
                            spray_now * high.step(dsp::Float4{fl, fr, fr, fl});
      left[i] = y[0] + y[2];
      right[i] = y[1] + y[3];
    }
    deep_ = deep;
    spray_ = spray;
  }

  int rate_;
  WaveSets near_, far_;
  WhiteBed deep_white_, spray_white_;
  ColourFilter colour_;
  Drift pebbles_, tide_;
  std::array<dsp::Svf, 4> low_, high_;
  std::array<float, 4> deep_{}, spray_{};  ///< levels reached
};

}  // namespace

std::unique_ptr<Voice> make_sea(const Random& random, int rate) {
  return std::make_unique<SeaVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
