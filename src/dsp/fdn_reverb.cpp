// SPDX-License-Identifier: MIT
#include "dsp/fdn_reverb.h"

#include <bit>
#include <cmath>

#include "dsp/float4.h"
#include "dsp/math.h"

namespace focus::core::dsp {
namespace {

constexpr std::array<double, FdnReverb::kLines> kLengths = {0.0297, 0.0371, 0.0411, 0.0453,
                                                            0.0533, 0.0617, 0.0689, 0.0793};
constexpr std::array<double, FdnReverb::kLines> kSwayHertz = {0.31, 0.43, 0.37, 0.53,
                                                              0.29, 0.61, 0.47, 0.41};
constexpr std::array<double, 4> kDiffuserSeconds = {0.0047, 0.0051, 0.0123, 0.0113};

}  // namespace

FdnReverb::FdnReverb(const Settings& settings, double rate)
    : rate_(rate), sway_(settings.sway_seconds * rate) {
  double longest = 0.0;
  for (std::size_t i = 0; i < kLines; ++i) {
    // Unmodulated lines have a whole number of samples: interpolation would damp high frequencies.
    const double samples = std::floor(kLengths[i] * settings.size * rate);
    length_[i] = samples;
    gain_[i] = static_cast<float>(decay_factor(settings.t60_seconds * rate / samples));
    longest = samples > longest ? samples : longest;
  }
  const auto size = std::bit_ceil(static_cast<std::uint32_t>(longest + sway_) + 4U);
  mask_ = size - 1;
  ring_.resize(static_cast<std::size_t>(size) * kLines);
  const double corner = settings.damping_hertz / rate;
  damping_ = static_cast<float>(1.0 - power_of_two(-2.0 * kPi * corner * 1.4426950408889634));
  for (std::size_t i = 0; i < diffusers_.size(); ++i) {
    diffusers_[i].line.resize(static_cast<std::size_t>(kDiffuserSeconds[i] * settings.size * rate) +
                              1);
  }
}

void FdnReverb::process(std::int64_t frame, const float* in_left, const float* in_right, int frames,
                        float* left, float* right) {
  // Only every other line is modulated. This is enough to avoid resonances, and the other lines
  // need no interpolation.
  float delay[kLines], step[kLines];
  std::uint32_t still[kLines];
  for (std::size_t i = 0; i < kLines; ++i) {
    const auto at = [&](std::int64_t f) {
      return length_[i] + sway_ * sine_turns(static_cast<double>(f) / rate_ * kSwayHertz[i] +
                                             0.125 * static_cast<double>(i));
    };
    still[i] = static_cast<std::uint32_t>(length_[i]);
    const double now = at(frame);
    delay[i] = static_cast<float>(now);
    step[i] = static_cast<float>(at(frame + frames) - now) / static_cast<float>(frames);
  }
  const Float4 gain[2] = {load4(gain_.data()), load4(gain_.data() + 4)};
  const Float4 damping = four(damping_);
  const Float4 scale = four(0.35355339f), negate = {1.0f, -1.0f, 1.0f, -1.0f};
  Float4 damped[2] = {load4(damped_.data()), load4(damped_.data() + 4)};
  float* const ring = ring_.data();
  for (int n = 0; n < frames; ++n) {
    const float l = diffusers_[2].process(diffusers_[0].process(in_left[n]));
    const float r = diffusers_[3].process(diffusers_[1].process(in_right[n]));
    float tap[kLines];
    for (std::uint32_t i = 0; i < kLines; i += 2) {
      const auto whole = static_cast<std::int32_t>(delay[i]);
      const float part = delay[i] - static_cast<float>(whole);
      const std::uint32_t from = position_ - static_cast<std::uint32_t>(whole);
      const float a = ring[(from & mask_) * kLines + i];
      const float b = ring[((from - 1) & mask_) * kLines + i];
      tap[i] = a + part * (b - a);
      delay[i] += step[i];
      tap[i + 1] = ring[((position_ - still[i + 1]) & mask_) * kLines + i + 1];
    }
    Float4 y[2];
    for (int h = 0; h < 2; ++h) {
      damped[h] = damped[h] + damping * (load4(tap + 4 * h) - damped[h]);
      y[h] = damped[h] * gain[h];
    }
    const Float4 sum = y[0] + y[1], difference = y[0] - y[1];
    left[n] += 0.5f * (sum[0] - sum[2]);
    right[n] += 0.5f * (sum[1] - sum[3]);
    // The 8 x 8 Hadamard matrix, over sqrt(8), as three rounds of butterflies.
    float* const row = ring + static_cast<std::size_t>(position_ & mask_) * kLines;
    const Float4 in = {0.5f * l, 0.5f * r, 0.5f * l, 0.5f * r};
    const auto mix = [&](Float4 v) {
      const Float4 pairs = Float4{v[2], v[3], v[0], v[1]} + v * Float4{1.0f, 1.0f, -1.0f, -1.0f};
      return in + scale * (Float4{pairs[1], pairs[0], pairs[3], pairs[2]} + pairs * negate);
    };
    store4(mix(sum), row);
    store4(mix(difference), row + 4);
    ++position_;
  }
  store4(damped[0], damped_.data());
  store4(damped[1], damped_.data() + 4);
}

}  // namespace focus::core::dsp
