// SPDX-License-Identifier: MIT
#include "dsp/halfband.h"

#include <algorithm>
#include <cmath>

#include "dsp/kernels.h"
#include "dsp/math.h"

namespace focus::core::dsp {
namespace {

/// The modified Bessel function of the first kind of order 0, by its power series.
double bessel_i0(double x) {
  double term = 1.0, sum = 1.0;
  for (int k = 1; k < 40; ++k) {
    term *= (x / (2.0 * k)) * (x / (2.0 * k));
    sum += term;
  }
  return sum;
}

std::array<float, kHalfbandTaps> design() {
  constexpr double kBeta = 7.5;
  std::array<double, kHalfbandTaps> taps{};
  double sum = 0.0;
  for (int k = 0; k < kHalfbandTaps; ++k) {
    const double x = k - (kHalfbandTaps - 1) / 2.0;  // in samples of the lower rate
    const double reach = x / (kHalfbandTaps / 2.0);
    taps[static_cast<std::size_t>(k)] =
        sine_turns(0.5 * x) / (kPi * x) * bessel_i0(kBeta * std::sqrt(1.0 - reach * reach));
    sum += taps[static_cast<std::size_t>(k)];
  }
  std::array<float, kHalfbandTaps> scaled{};
  for (std::size_t k = 0; k < kHalfbandTaps; ++k) scaled[k] = static_cast<float>(taps[k] / sum);
  return scaled;
}

void convolve(const float* line, int frames, float* out) {
  static_assert(kHalfbandTaps == 32);
  kernels().convolve(halfband_taps().data(), line, frames, out);
}

}  // namespace

const std::array<float, kHalfbandTaps>& halfband_taps() {
  static const std::array<float, kHalfbandTaps> taps = design();
  return taps;
}

void Upsampler2x::process(const float* in, int frames, float* out) {
  float between[kMaxFrames];
  std::copy_n(in, frames, line_.data() + kHalfbandTaps);
  convolve(line_.data() + 1, frames, between);
  const float* there = line_.data() + kHalfbandTaps / 2;
  for (int i = 0; i < frames; ++i) {
    out[2 * i] = there[i];
    out[2 * i + 1] = between[i];
  }
  std::copy_n(line_.data() + frames, kHalfbandTaps, line_.data());
}

void Downsampler2x::process(const float* in, int frames_out, float* out) {
  for (int i = 0; i < frames_out; ++i) {
    even_[static_cast<std::size_t>(i + kHalfbandTaps)] = in[2 * i];
    odd_[static_cast<std::size_t>(i + kHalfbandTaps)] = in[2 * i + 1];
  }
  convolve(odd_.data() + 1, frames_out, out);
  const float* there = even_.data() + kHalfbandTaps / 2 + 1;
  for (int i = 0; i < frames_out; ++i) out[i] = 0.5f * (out[i] + there[i]);
  std::copy_n(even_.data() + frames_out, kHalfbandTaps, even_.data());
  std::copy_n(odd_.data() + frames_out, kHalfbandTaps, odd_.data());
}

}  // namespace focus::core::dsp
