// SPDX-License-Identifier: MIT
#include "engines/soundscape/landscape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>

#include "dsp/kernels.h"
#include "dsp/math.h"
#include "dsp/stereo.h"
#include "engines/soundscape/life.h"

namespace focus::core::engines::soundscape {
namespace {

/// Decibels, by Scene; found by measuring one to three minutes of each voice.
constexpr std::array<double, plan::kSceneCount> kLoudnessDb = {
    -21,  -13.6, -12.4, -4.9,  -20.4, -13,   -10.9, -29.3, -20.4, 3.2, -1.9,  -1.1,
    -4.5, -9.4,  -23.9, -10.1, -27.4, -28.6, -40.6, -29.5, -32.7, 0.5, -23.4, -21.4};

/// Leaves samples within 0.75 as they are, and keeps all within 1.
float with_knee(float x) {
  constexpr float kKnee = 0.75f;
  const float size = x < 0.0f ? -x : x;
  if (size <= kKnee) return x;
  const float bent = kKnee + (1.0f - kKnee) * dsp::soft_saturation((size - kKnee) / (1.0f - kKnee));
  return x < 0.0f ? -bent : bent;
}

}  // namespace

double loudness_gain(plan::Scene scene) {
  return dsp::gain_of_db(kLoudnessDb[static_cast<std::size_t>(scene)]);
}

Landscape::Landscape(const plan::SceneMix& mix, std::uint64_t seed, int rate, std::int64_t frame)
    : frame_(floor_divide(frame, kBlock) * kBlock) {
  dc_left_.set_cutoff(5.0, rate);
  dc_right_.set_cutoff(5.0, rate);
  double power = 0.0;
  for (const plan::SceneLayer& layer : mix) power += dsp::power_of_two(layer.level_db * 0.33219281);
  // However many scenes there are, their sum is about as loud as one: there is room for peaks.
  const double common = 1.0 / std::sqrt(std::max(power, 1e-6));
  const Random random = Random(seed).fork("soundscape");
  for (const plan::SceneLayer& layer : mix) {
    if (layer.level_db <= plan::kLowestSceneDb) continue;
    const double gain = common * dsp::gain_of_db(layer.level_db) * loudness_gain(layer.scene);
    auto voice = make_voice(layer, random.fork(name_of(layer.scene)), rate);
    // What the voice remembers at the first frame.
    const auto memory = static_cast<std::int64_t>(voice->memory_seconds() * rate) / kBlock + 1;
    Stereo unheard;
    for (std::int64_t block = frame_ / kBlock - memory; block < frame_ / kBlock; ++block) {
      voice->render(block * kBlock, unheard.left, unheard.right);
    }
    layers_.push_back({std::move(voice), static_cast<float>(gain)});
  }
}

void Landscape::render_voices(Stereo& out) {
  std::fill_n(out.left, kBlock, 0.0f);
  std::fill_n(out.right, kBlock, 0.0f);
  Stereo block;
  for (Layer& layer : layers_) {
    layer.voice->render(frame_, block.left, block.right);
    const dsp::Ramp gain{layer.gain, 0.0f};
    dsp::kernels().add_stereo(block.left, block.right, gain, kBlock, out.left, out.right);
  }
}

void Landscape::render(Stereo& out) {
  render_voices(out);
  for (int i = 0; i < kBlock; ++i) {
    out.left[i] = with_knee(dc_left_.process(out.left[i]));
    out.right[i] = with_knee(dc_right_.process(out.right[i]));
  }
  frame_ += kBlock;
}

}  // namespace focus::core::engines::soundscape
