// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "engines/soundscape/bands.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/tones.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// A brook: bubbles that ring and rise in pitch (Minnaert's resonance), in clusters, over a murmur
/// whose bands come and go.
class StreamVoice final : public Voice {
 public:
  StreamVoice(const Random& random, int rate)
      : rate_(rate),
        white_(random, "water"),
        colour_(Colour::pink),
        low_bands_(rate),
        high_bands_(rate),
        drifts_{Drift(random, "band 0", 0.23), Drift(random, "band 1", 0.29),
                Drift(random, "band 2", 0.11), Drift(random, "band 3", 0.13)},
        cluster_(random, "cluster", 0.7),
        flow_(random, "flow", 19.0),
        bubbles_(random, "bubbles"),
        gulps_(random, "gulps"),
        tones_(rate) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      high_bands_.tune(lane, lane < 2 ? 2100.0 : 4600.0, 0.8);
    }
  }
  double memory_seconds() const override { return 0.4; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double seconds = static_cast<double>(frame + kBlock) / rate_;
    const double flow = 0.75 + 0.25 * flow_.at(seconds);
    std::array<float, 4> low, high;
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const double level = drifts_[lane].share_at(seconds);
      low[lane] = static_cast<float>(flow * (lane < 2 ? 0.6 : 0.4) * (0.25 + level * level));
      high[lane] = static_cast<float>(flow * (lane < 2 ? 0.16 : 0.1) * (0.6 + 0.4 * level));
      const double centre = lane < 2 ? 420.0 : 900.0;
      low_bands_.tune(lane, centre * dsp::power_of_two(0.5 * drifts_[3 - lane].at(0.37 * seconds)),
                      1.6);
    }
    Stereo noise, out{};
    white_.render(frame, noise);
    colour_.process(noise);
    low_bands_.render(noise, low, out);
    high_bands_.render(noise, high, out);
    strike_bubbles(frame, seconds, flow);
    tones_.render(out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  void strike_bubbles(std::int64_t frame, double seconds, double flow) {
    const double cluster = cluster_.share_at(seconds);
    const double block_seconds = static_cast<double>(kBlock) / rate_;
    const std::int64_t block = floor_divide(frame, kBlock);
    bubbles_.at(block, flow * (8.0 + 60.0 * cluster * cluster) * block_seconds, [&](Random& draws) {
      Tone bubble;
      const double size = draws.uniform();
      bubble.hertz = 380.0 * dsp::power_of_two(2.6 * draws.uniform());
      bubble.octaves = draws.uniform(0.1, 0.6);
      bubble.seconds = 30.0 / bubble.hertz + 0.02;
      bubble.attack = 0.002;
      bubble.level = 0.17 * size * size;
      bubble.pan = draws.uniform(-0.85, 0.85);
      tones_.begin(bubble);
    });
    gulps_.at(block, flow * 1.1 * block_seconds, [&](Random& draws) {
      Tone gulp;
      gulp.hertz = draws.uniform(190.0, 340.0);
      gulp.octaves = draws.uniform(0.5, 1.1);
      gulp.seconds = draws.uniform(0.09, 0.2);
      gulp.attack = 0.01;
      gulp.level = draws.uniform(0.06, 0.2);
      gulp.pan = draws.uniform(-0.6, 0.6);
      tones_.begin(gulp);
    });
  }

  int rate_;
  WhiteBed white_;
  ColourFilter colour_;
  TwoBands low_bands_, high_bands_;
  std::array<Drift, 4> drifts_;
  Drift cluster_, flow_;
  Shower bubbles_, gulps_;
  Tones tones_;
};

/// Falling water: a broad roar with surges, heavy water that strikes below, and spray.
class WaterfallVoice final : public Voice {
 public:
  WaterfallVoice(const Random& random, int rate)
      : rate_(rate),
        white_(random, "fall"),
        colour_(Colour::pink),
        body_(rate),
        spray_(rate),
        surge_(random, "surge", 3.7),
        slow_surge_(random, "slow surge", 23.0),
        sides_{Drift(random, "left", 1.3), Drift(random, "right", 1.1)},
        splash_{Drift(random, "splash 0", 0.09), Drift(random, "splash 1", 0.07)} {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      body_.tune(lane, lane < 2 ? 130.0 : 620.0, 0.5);
      spray_.tune(lane, lane < 2 ? 2100.0 : 6200.0, 0.5);
    }
  }
  double memory_seconds() const override { return 0.4; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double seconds = static_cast<double>(frame + kBlock) / rate_;
    const double surge = 0.35 * surge_.at(seconds) + 0.3 * slow_surge_.at(seconds);
    std::array<float, 4> body, spray;
    for (std::size_t side = 0; side < 2; ++side) {
      const double moved = 1.0 + surge + 0.25 * sides_[side].at(seconds);
      const double splash = 1.0 + 0.45 * splash_[side].at(seconds);
      body[side] = static_cast<float>(1.5 * (1.0 + 0.8 * surge));
      body[side + 2] = static_cast<float>(1.1 * moved);
      spray[side] = static_cast<float>(0.5 * moved * splash);
      spray[side + 2] = static_cast<float>(0.35 * moved * (2.0 - splash) * (1.0 + 0.5 * surge));
    }
    Stereo noise, out{};
    white_.render(frame, noise);
    colour_.process(noise);
    body_.render(noise, body, out);
    spray_.render(noise, spray, out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  int rate_;
  WhiteBed white_;
  ColourFilter colour_;
  TwoBands body_, spray_;
  Drift surge_, slow_surge_;
  std::array<Drift, 2> sides_, splash_;
};

}  // namespace

std::unique_ptr<Voice> make_stream(const Random& random, int rate) {
  return std::make_unique<StreamVoice>(random, rate);
}
std::unique_ptr<Voice> make_waterfall(const Random& random, int rate) {
  return std::make_unique<WaterfallVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
