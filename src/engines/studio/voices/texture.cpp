// SPDX-License-Identifier: MIT
#include "engines/studio/voices/texture.h"

#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::studio {

Texture::Texture(TextureKind kind, std::uint32_t key, int rate, double cutoff_hertz)
    : kind_(kind), key_(key), rate_(rate), cutoff_(cutoff_hertz) {
  const double high = kind == TextureKind::waves ? 90.0 : kind == TextureKind::air ? 350.0 : 700.0;
  left_rumble_.set_cutoff(high, rate);
  right_rumble_.set_cutoff(high, rate);
}

void Texture::render(std::int64_t frame, int frames, float gain, float* left, float* right) {
  const auto state = [&](std::int64_t at) {
    const double seconds = static_cast<double>(at) / rate_;
    const double period = kind_ == TextureKind::waves ? 3.7 : kind_ == TextureKind::air ? 2.6 : 6.0;
    return 0.5 + 0.5 * dsp::drift(key_, seconds / period);
  };
  const double swell = state(frame), swell_after = state(frame + frames);
  // Louder is brighter, as with surf.
  const double cutoff = cutoff_ * dsp::power_of_two(1.6 * (swell - 0.5));
  for (auto& filter : treble_) filter.set(cutoff, 0.6, rate_);
  const auto level = [&](double s) { return gain * static_cast<float>(0.15 + 0.85 * s * s); };
  float now = level(swell);
  const float step = (level(swell_after) - now) / static_cast<float>(frames);
  const auto n = static_cast<std::uint32_t>(frame);
  float l[kBlock], r[kBlock];
  for (int i = 0; i < frames; ++i) {
    const std::uint32_t at = n + static_cast<std::uint32_t>(i);
    l[i] = dsp::white_noise(key_, at);
    r[i] = dsp::white_noise(key_ ^ 0x5BD1E995U, at);
  }
  if (kind_ == TextureKind::rain) {  // a power leaves the peaks of the noise: drops
    for (int i = 0; i < frames; ++i) {
      l[i] = l[i] * (0.25f + l[i] * l[i] * l[i] * l[i]);
      r[i] = r[i] * (0.25f + r[i] * r[i] * r[i] * r[i]);
    }
  }
  for (int i = 0; i < frames; ++i) {
    const float mid = 0.35f * (l[i] + r[i]);
    l[i] = 0.65f * l[i] + mid;
    r[i] = 0.65f * r[i] + mid;
    l[i] -= left_rumble_.lowpass(l[i]);
    r[i] -= right_rumble_.lowpass(r[i]);
  }
  for (int i = 0; i < frames; ++i) {
    l[i] = treble_[0].lowpass(l[i]);
    r[i] = treble_[1].lowpass(r[i]);
  }
  for (int i = 0; i < frames; ++i) {
    left[i] += now * l[i];
    right[i] += now * r[i];
    now += step;
  }
}

}  // namespace focus::core::studio
