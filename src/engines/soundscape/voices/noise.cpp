// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>

#include "engines/soundscape/grey_filter.h"
#include "engines/soundscape/noise_bed.h"
#include "engines/soundscape/voices/voices.h"

namespace focus::core::engines::soundscape {
namespace {

std::optional<Colour> colour_of(plan::Scene scene) {
  switch (scene) {
    case plan::Scene::pink:
      return Colour::pink;
    case plan::Scene::brown:
      return Colour::brown;
    case plan::Scene::blue:
      return Colour::blue;
    case plan::Scene::violet:
      return Colour::violet;
    default:
      return std::nullopt;
  }
}

/// Steady noise of an exact slope. It does not move: that is what those who ask for it want.
class NoiseVoice final : public Voice {
 public:
  NoiseVoice(plan::Scene scene, const Random& random, int rate) : white_(random, "noise") {
    if (const auto colour = colour_of(scene)) filter_.emplace(*colour);
    if (scene == plan::Scene::grey) grey_.emplace(rate);
  }
  double memory_seconds() const override { return 0.3; }
  void render(std::int64_t frame, float* left, float* right) override {
    Stereo block;
    white_.render(frame, block);
    if (filter_) filter_->process(block);
    if (grey_) grey_->process(block);
    std::copy_n(block.left, kBlock, left);
    std::copy_n(block.right, kBlock, right);
  }

 private:
  WhiteBed white_;
  std::optional<ColourFilter> filter_;
  std::optional<GreyFilter> grey_;
};

}  // namespace

std::unique_ptr<Voice> make_noise(plan::Scene scene, const Random& random, int rate) {
  return std::make_unique<NoiseVoice>(scene, random, rate);
}

}  // namespace focus::core::engines::soundscape
