// SPDX-License-Identifier: MIT
#include "dsp/fdn_reverb.h"

#include <bit>
#include <cmath>

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
    // With still lines, whole samples: no interpolation, which would damp.
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
  float delay[kLines], step[kLines], damped[kLines], gain[kLines];
  for (std::size_t i = 0; i < kLines; ++i) {
    const auto at = [&](std::int64_t f) {
      return length_[i] +
             sway_ * sine_turns(static_cast<double>(f) / rate_ * kSwayHertz[i] + 0.125 * double(i));
    };
    delay[i] = static_cast<float>(at(frame));
    step[i] = static_cast<float>(at(frame + frames) - at(frame)) / static_cast<float>(frames);
    damped[i] = damped_[i];
    gain[i] = gain_[i];
  }
  float* const ring = ring_.data();
  for (int n = 0; n < frames; ++n) {
    const float l = diffusers_[2].process(diffusers_[0].process(in_left[n]));
    const float r = diffusers_[3].process(diffusers_[1].process(in_right[n]));
    float y[kLines];
    for (std::uint32_t i = 0; i < kLines; ++i) {
      const auto whole = static_cast<std::int32_t>(delay[i]);
      const float part = delay[i] - static_cast<float>(whole);
      const std::uint32_t from = position_ - static_cast<std::uint32_t>(whole);
      const float a = ring[(from & mask_) * kLines + i];
      const float b = ring[((from - 1) & mask_) * kLines + i];
      y[i] = a + part * (b - a);
    }
    for (int i = 0; i < kLines; ++i) {
      delay[i] += step[i];
      damped[i] += damping_ * (y[i] - damped[i]);
      y[i] = damped[i] * gain[i];
    }
    left[n] += 0.5f * ((y[0] - y[2]) + (y[4] - y[6]));
    right[n] += 0.5f * ((y[1] - y[3]) + (y[5] - y[7]));
    // The 8 x 8 Hadamard matrix as three rounds of butterflies, over sqrt(8).
    float a[kLines], b[kLines];
    for (int i = 0; i < 4; ++i) a[i] = y[i] + y[i + 4], a[i + 4] = y[i] - y[i + 4];
    for (int i = 0; i < 2; ++i) {
      b[i] = a[i] + a[i + 2], b[i + 2] = a[i] - a[i + 2];
      b[i + 4] = a[i + 4] + a[i + 6], b[i + 6] = a[i + 4] - a[i + 6];
    }
    float* const row = ring + static_cast<std::size_t>(position_ & mask_) * kLines;
    constexpr float kScale = 0.35355339f;
    for (int i = 0; i < kLines; i += 2) {
      row[i] = 0.5f * l + kScale * (b[i] + b[i + 1]);
      row[i + 1] = 0.5f * r + kScale * (b[i] - b[i + 1]);
    }
    ++position_;
  }
  for (std::size_t i = 0; i < kLines; ++i) damped_[i] = damped[i];
}

}  // namespace focus::core::dsp
