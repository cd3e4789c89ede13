// SPDX-License-Identifier: MIT
#include "engines/studio/voices/texture.h"

#include "dsp/kernels.h"
#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::studio {

struct Texture::Scene {
  double rumble_hertz;    ///< the noise is attenuated below this
  double treble_octaves;  ///< and above the cutoff raised by this
  double swell_seconds;   ///< period of the swell
  float swell_depth;      ///< depth of the swell
  double grains_per_second;
  double grain_hertz, grain_q;  ///< frequency and resonance of a grain
  float grain_level;
};

const Texture::Scene& Texture::scene_of(plan::Scenery scenery) {
  static constexpr Scene kRain = {500, 1.0, 6.0, 0.35f, 26.0, 2600, 3.0, 2.2f};
  static constexpr Scene kWaves = {90, 0.0, 3.7, 0.9f, 0.0, 1000, 1.0, 0.0f};
  static constexpr Scene kWind = {300, -0.2, 2.6, 0.8f, 0.0, 1000, 1.0, 0.0f};
  static constexpr Scene kStream = {350, 0.3, 0.45, 0.5f, 34.0, 900, 5.0, 3.0f};
  static constexpr Scene kFire = {60, -1.6, 1.1, 0.6f, 7.0, 1900, 1.6, 7.0f};
  static constexpr Scene kVinyl = {900, 0.8, 8.0, 0.15f, 5.0, 2300, 1.4, 9.0f};
  switch (scenery) {
    case plan::Scenery::rain:
      return kRain;
    case plan::Scenery::wind:
      return kWind;
    case plan::Scenery::stream:
      return kStream;
    case plan::Scenery::fire:
      return kFire;
    case plan::Scenery::vinyl:
      return kVinyl;
    case plan::Scenery::waves:
      break;
  }
  return kWaves;
}

Texture::Texture(plan::Scenery scenery, std::uint32_t key, int rate, double cutoff_hertz)
    : scene_(scene_of(scenery)),
      key_(key),
      rate_(rate),
      cutoff_(cutoff_hertz * dsp::power_of_two(scene_.treble_octaves)) {
  for (auto& filter : rumble_) filter.set_cutoff(scene_.rumble_hertz, rate);
  for (std::size_t side = 2; side < 4; ++side) {
    filters_[side].set(scene_.grain_hertz, scene_.grain_q, rate);
  }
}

void Texture::render(std::int64_t frame, int frames, float gain, float* left, float* right) {
  const auto state = [&](std::int64_t at) {
    const double seconds = static_cast<double>(at) / rate_;
    return 0.5 + 0.5 * dsp::drift(key_, seconds / scene_.swell_seconds);
  };
  const double swell = state(frame), swell_after = state(frame + frames);
  // Louder noise is brighter, as with surf.
  const double cutoff =
      cutoff_ * dsp::power_of_two(1.6 * static_cast<double>(scene_.swell_depth) * (swell - 0.5));
  filters_[0].set(cutoff, 0.6, rate_);
  filters_[1].set_like(filters_[0]);
  const auto level = [&](double s) {
    return gain * (1.0f - scene_.swell_depth + scene_.swell_depth * static_cast<float>(s * s));
  };
  float now = level(swell);
  const float step = (level(swell_after) - now) / static_cast<float>(frames);
  const auto n = static_cast<std::uint32_t>(frame);
  float l[kBlock], r[kBlock];
  dsp::kernels().noise(key_, n, frames, l);
  dsp::kernels().noise(key_ ^ 0x5BD1E995U, n, frames, r);
  float grain_l[kBlock] = {}, grain_r[kBlock] = {};
  if (scene_.grains_per_second > 0.0) strike_grains(frame, frames, grain_l, grain_r);
  const float grain_k = filters_[2].k();
  dsp::FourSvf filters(filters_, {dsp::four(0.0f), dsp::Float4{0.0f, 0.0f, grain_k, grain_k},
                                  dsp::Float4{1.0f, 1.0f, 0.0f, 0.0f}});
  dsp::OnePole left_rumble = rumble_[0], right_rumble = rumble_[1];  // in registers
  for (int i = 0; i < frames; ++i) {
    const float mid = 0.35f * (l[i] + r[i]);
    const float wide_l = 0.65f * l[i] + mid, wide_r = 0.65f * r[i] + mid;
    const dsp::Float4 y =
        filters.step(dsp::Float4{wide_l - left_rumble.lowpass(wide_l),
                                 wide_r - right_rumble.lowpass(wide_r), grain_l[i], grain_r[i]});
    l[i] = y[0] + y[2];
    r[i] = y[1] + y[3];
  }
  rumble_ = {left_rumble, right_rumble};
  for (int i = 0; i < frames; ++i) {
    left[i] += now * l[i];
    right[i] += now * r[i];
    now += step;
  }
}

void Texture::strike_grains(std::int64_t frame, int frames, float* left, float* right) const {
  // A cell of 32 frames contains at most one grain. The sizes are distributed so that few grains
  // are loud.
  constexpr int kCell = 32;
  const double chance = scene_.grains_per_second * kCell / rate_;
  for (int i = 0; i < frames; i += kCell) {
    const auto cell = static_cast<std::uint32_t>((frame + i) / kCell);
    const auto draw = [&](std::uint32_t which) {
      return 0.5 + 0.5 * static_cast<double>(dsp::white_noise(key_ + 0x9E3779B9U * which, cell));
    };
    if (draw(1) >= chance) continue;
    const double size = draw(2);
    const auto level = static_cast<float>(size * size * size) * scene_.grain_level;
    const auto pan = static_cast<float>(draw(3));
    const int at = i + static_cast<int>(draw(4) * kCell) % kCell;
    left[at] = level * (1.0f - pan);
    right[at] = level * pan;
  }
}

}  // namespace focus::core::engines::studio
