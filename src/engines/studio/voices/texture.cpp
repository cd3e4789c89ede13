// SPDX-License-Identifier: MIT
#include "engines/studio/voices/texture.h"

#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::studio {

Texture::Texture(TextureKind kind, std::uint32_t key, int rate, double cutoff_hertz)
    : kind_(kind), key_(key), rate_(rate), cutoff_(cutoff_hertz) {
  const double high = kind == TextureKind::waves ? 90.0 : kind == TextureKind::air ? 350.0 : 700.0;
  left_high_.set(high, 0.7, rate);
  right_high_.set(high, 0.7, rate);
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
  left_low_.set(cutoff, 0.6, rate_);
  right_low_.set(cutoff, 0.6, rate_);
  const auto level = [&](double s) { return gain * static_cast<float>(0.15 + 0.85 * s * s); };
  float now = level(swell);
  const float step = (level(swell_after) - now) / static_cast<float>(frames);
  const auto n = static_cast<std::uint32_t>(frame);
  const float drops = kind_ == TextureKind::rain ? 0.35f : 0.0f;
  for (int i = 0; i < frames; ++i) {
    const std::uint32_t at = n + static_cast<std::uint32_t>(i);
    float l = dsp::white_noise(key_, at), r = dsp::white_noise(key_ ^ 0x5BD1E995U, at);
    if (drops > 0.0f) {  // cubing makes most of the noise quiet and leaves its peaks: drops
      l = l * l * l + drops * l;
      r = r * r * r + drops * r;
    }
    const float mid = 0.35f * (l + r);
    l = left_high_.highpass(left_low_.lowpass(0.65f * l + mid));
    r = right_high_.highpass(right_low_.lowpass(0.65f * r + mid));
    left[i] += now * l;
    right[i] += now * r;
    now += step;
  }
}

}  // namespace focus::core::studio
