// SPDX-License-Identifier: MIT
#include "engines/soundscape/landscape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "dsp/kernels.h"
#include "dsp/math.h"
#include "dsp/stereo.h"
#include "engines/soundscape/life.h"

namespace focus::core::engines::soundscape {
namespace {

constexpr double kOpeningSeconds = 3.0;  // in which the session's first sound rises

/// Decibels, by Scene; found by measuring one to three minutes of each voice.
constexpr std::array<double, plan::kSceneCount> kLoudnessDb = {
    -17.4, -13.6, -12.4, -4.9,  -21.5, -13,   -10.9, -28.2, -20.4, 3.2, -1.9,  1.5,
    -4.5,  -9.4,  -23.9, -10.1, -27.4, -28.6, -40.6, -29.5, -32.7, 0.5, -23.4, -21.4};

/// Leaves samples within 0.75 as they are, and keeps all within 1.
float with_knee(float x) {
  constexpr float kKnee = 0.75f;
  const float size = x < 0.0f ? -x : x;
  if (size <= kKnee) return x;
  const float bent = kKnee + (1.0f - kKnee) * dsp::soft_saturation((size - kKnee) / (1.0f - kKnee));
  return x < 0.0f ? -bent : bent;
}

/// The power of a sound in a mix, 1 at 0 dB; 0 if it is not in it, or off.
double power_in(const plan::SceneMix& mix, const plan::SceneLayer& sound) {
  const auto found = std::find_if(mix.begin(), mix.end(), [&](const plan::SceneLayer& layer) {
    return plan::is_same_sound(layer, sound);
  });
  if (found == mix.end() || found->level_db <= plan::kLowestSceneDb) return 0.0;
  const double gain = dsp::gain_of_db(found->level_db);
  return gain * gain;
}

}  // namespace

int scenery_rate(int session_rate) { return session_rate % 11025 == 0 ? 44100 : 48000; }

void open_session(std::int64_t frame, int rate, Stereo& block) {
  const double open = kOpeningSeconds * rate;
  if (static_cast<double>(frame) >= open) return;
  for (int i = 0; i < kBlock; ++i) {
    const auto gain = static_cast<float>(smooth_step(0.0, open, static_cast<double>(frame + i)));
    block.left[i] *= gain;
    block.right[i] *= gain;
  }
}

double loudness_gain(plan::Scene scene) {
  return dsp::gain_of_db(kLoudnessDb[static_cast<std::size_t>(scene)]);
}

Landscape::Landscape(plan::SceneProgramme programme, std::uint64_t seed, int rate,
                     std::int64_t frame, Sum sum)
    : programme_(std::move(programme)),
      random_(Random(seed).fork("soundscape")),
      rate_(rate),
      sum_(sum),
      frame_(floor_divide(frame, kBlock) * kBlock) {
  dc_left_.set_cutoff(5.0, rate);
  dc_right_.set_cutoff(5.0, rate);
  add_layers(programme_.opening);
  for (const plan::SceneStep& step : programme_.steps) add_layers(step.scenes);
  look_ahead(frame_);
}

void Landscape::add_layers(const plan::SceneMix& mix) {
  for (const plan::SceneLayer& sound : mix) {
    const bool is_known = std::any_of(layers_.begin(), layers_.end(), [&](const Layer& layer) {
      return plan::is_same_sound(layer.sound, sound);
    });
    if (!is_known) layers_.push_back({sound, nullptr});
  }
}

void Landscape::look_ahead(std::int64_t frame) {
  const plan::SceneBlend blend = programme_.at(static_cast<double>(frame) / rate_);
  if (blend == blend_) return;
  blend_ = blend;
  // Powers are blended, so that noises keep their loudness on the way from one to the other.
  double sum = 0.0;
  for (Layer& layer : layers_) {
    const double power = (1.0 - blend.share) * power_in(*blend.before, layer.sound) +
                         blend.share * power_in(*blend.after, layer.sound);
    sum += power;
    layer.next_gain = static_cast<float>(std::sqrt(power) * loudness_gain(layer.sound.scene));
  }
  if (sum_ == Sum::as_asked) return;
  const auto common = static_cast<float>(1.0 / std::sqrt(std::max(sum, 1e-6)));
  for (Layer& layer : layers_) layer.next_gain *= common;
}

std::unique_ptr<Voice> Landscape::warm_voice(const plan::SceneLayer& sound) const {
  auto voice = make_voice(sound, random_.fork(name_of(sound.scene)), rate_);
  const auto memory = static_cast<std::int64_t>(voice->memory_seconds() * rate_) / kBlock + 1;
  Stereo unheard;
  for (std::int64_t block = frame_ / kBlock - memory; block < frame_ / kBlock; ++block) {
    voice->render(block * kBlock, unheard.left, unheard.right);
  }
  return voice;
}

void Landscape::render_voices(Stereo& out) {
  std::fill_n(out.left, kBlock, 0.0f);
  std::fill_n(out.right, kBlock, 0.0f);
  Stereo block;
  for (Layer& layer : layers_) layer.gain = layer.next_gain;
  look_ahead(frame_ + kBlock);
  for (Layer& layer : layers_) {
    if (layer.gain == 0.0f && layer.next_gain == 0.0f) {
      layer.voice.reset();
      continue;
    }
    if (!layer.voice) layer.voice = warm_voice(layer.sound);
    layer.voice->render(frame_, block.left, block.right);
    const dsp::Ramp gain{layer.gain, (layer.next_gain - layer.gain) / kBlock};
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
