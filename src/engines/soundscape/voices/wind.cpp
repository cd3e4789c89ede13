// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "engines/soundscape/bands.h"
#include "engines/soundscape/life.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

/// Wind: two broad bands whose pitch rises with the gusts, a whistle in strong ones, and leaves.
class WindVoice final : public Voice {
 public:
  WindVoice(const Random& random, int rate)
      : rate_(rate),
        white_(random, "air"),
        leaf_white_(random, "leaves"),
        colour_(Colour::pink),
        body_(rate),
        whistles_(rate),
        leaves_(rate),
        gusts_{Drift(random, "gust", 5.3), Drift(random, "long gust", 21.0),
               Drift(random, "short gust", 1.7)},
        sides_{Drift(random, "left", 4.1), Drift(random, "right", 3.7)},
        pitch_(random, "pitch", 2.9),
        flutter_(random, "flutter", 0.06) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      leaves_.tune(lane, lane < 2 ? 3800.0 : 6900.0, 0.7);
    }
  }
  double memory_seconds() const override { return 0.5; }

  void render(std::int64_t frame, float* left, float* right) override {
    const double seconds = static_cast<double>(frame + kBlock) / rate_;
    const double common =
        0.5 * gusts_[0].at(seconds) + 0.45 * gusts_[1].at(seconds) + 0.2 * gusts_[2].at(seconds);
    std::array<float, 4> body, whistle, leaves;
    for (std::size_t side = 0; side < 2; ++side) {
      const double gust = limit(0.5 + 0.75 * common + 0.2 * sides_[side].at(seconds), 0.06, 1.3);
      const double pitch = pitch_.at(seconds + 0.4 * static_cast<double>(side));
      body_.tune(side, 150.0 + 160.0 * gust, 0.7);
      body_.tune(side + 2, (330.0 + 420.0 * gust) * dsp::power_of_two(0.15 * pitch), 1.5);
      whistles_.tune(side, (520.0 + 500.0 * gust) * dsp::power_of_two(0.22 * pitch), 14.0);
      whistles_.tune(side + 2, (860.0 + 620.0 * gust) * dsp::power_of_two(-0.2 * pitch), 18.0);
      body[side] = static_cast<float>(0.15 + 1.2 * gust);
      body[side + 2] = static_cast<float>(1.5 * gust * gust);
      const double strong = smooth_step(0.45, 1.1, gust);
      whistle[side] = static_cast<float>(1.5 * strong);
      whistle[side + 2] = static_cast<float>(0.9 * strong * smooth_step(-0.2, 0.8, pitch));
      const double flutter = 0.65 + 0.35 * flutter_.at(seconds + 7.0 * static_cast<double>(side));
      leaves[side] = static_cast<float>(0.16 * gust * gust * flutter);
      leaves[side + 2] = static_cast<float>(0.1 * gust * gust * gust * flutter);
    }
    Stereo air, leaf, out{};
    white_.render(frame, air);
    colour_.process(air);
    leaf_white_.render(frame, leaf);
    body_.render(air, body, out);
    whistles_.render(air, whistle, out);
    leaves_.render(leaf, leaves, out);
    std::copy_n(out.left, kBlock, left);
    std::copy_n(out.right, kBlock, right);
  }

 private:
  int rate_;
  WhiteBed white_, leaf_white_;
  ColourFilter colour_;
  TwoBands body_, whistles_, leaves_;
  std::array<Drift, 3> gusts_;
  std::array<Drift, 2> sides_;
  Drift pitch_, flutter_;
};

}  // namespace

std::unique_ptr<Voice> make_wind(const Random& random, int rate) {
  return std::make_unique<WindVoice>(random, rate);
}

}  // namespace focus::core::engines::soundscape
