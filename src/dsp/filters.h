// SPDX-License-Identifier: MIT
// Small recursive filters. All work in place.
#pragma once

#include <array>
#include <cstddef>

#include "dsp/float4.h"
#include "dsp/math.h"

namespace focus::core::dsp {

/// y += a (x - y): a low-pass of 6 dB per octave, for damping and smoothing.
class OnePole {
 public:
  void set_cutoff(double hertz, double rate) {
    coefficient_ = static_cast<float>(1.0 - power_of_two(-2.0 * kPi * hertz / rate * 1.4426950409));
  }
  float lowpass(float x) { return state_ += coefficient_ * (x - state_); }

 private:
  float coefficient_ = 1.0f;
  float state_ = 0.0f;
};

/// Removes a constant offset: a one-pole high-pass well below the audible range.
class DcBlocker {
 public:
  void set_cutoff(double hertz, double rate) {
    pole_ = power_of_two(-2.0 * kPi * hertz / rate * 1.4426950409);
  }
  float process(float sample) {
    const double x = sample;
    state_ = x - last_ + pole_ * state_;
    last_ = x;
    return static_cast<float>(state_);
  }

 private:
  double pole_ = 0.999;
  double last_ = 0.0, state_ = 0.0;
};

/// A state-variable filter, 12 dB an octave, stable under modulation (Simper, "Linear trapezoidal
/// integrated SVF", 2013).
class Svf {
 public:
  void set(double cutoff_hertz, double q, double rate) {
    const double limited = cutoff_hertz < 0.47 * rate ? cutoff_hertz : 0.47 * rate;
    const double half = 0.5 * limited / rate;
    const double g = sine_turns(half) / cosine_turns(half);
    const double k = 1.0 / q;
    a1_ = static_cast<float>(1.0 / (1.0 + g * (g + k)));
    a2_ = static_cast<float>(g) * a1_;
    a3_ = static_cast<float>(g) * a2_;
    k_ = static_cast<float>(k);
  }

  float lowpass(float x) {
    step(x);
    return v2_;
  }
  float bandpass(float x) {  // 0 dB at the centre
    step(x);
    return k_ * v1_;
  }
  float highpass(float x) {
    step(x);
    return x - k_ * v1_ - v2_;
  }
  void lowpass(float* samples, int frames) {
    for (int i = 0; i < frames; ++i) samples[i] = lowpass(samples[i]);
  }
  /// What a filter of four channels gives out: shares of its input, its band-pass (which is 1 / q
  /// at the centre) and its low-pass.
  struct Shares {
    Float4 dry, band, low;
  };
  /// Filters four channels at once. One channel alone would spend most of the time waiting for the
  /// result of its previous sample.
  static void process(std::array<Svf, 4>& filters, const Shares& shares,
                      const std::array<float*, 4>& samples, int frames) {
    const auto gather = [&](float Svf::*member) {
      return Float4{filters[0].*member, filters[1].*member, filters[2].*member, filters[3].*member};
    };
    const Float4 a1 = gather(&Svf::a1_), a2 = gather(&Svf::a2_), a3 = gather(&Svf::a3_);
    Float4 c1 = gather(&Svf::c1_), c2 = gather(&Svf::c2_);
    for (int i = 0; i < frames; ++i) {
      const Float4 x = {samples[0][i], samples[1][i], samples[2][i], samples[3][i]};
      const Float4 v3 = x - c2;
      const Float4 v1 = a1 * c1 + a2 * v3;
      const Float4 v2 = c2 + a2 * c1 + a3 * v3;
      c1 = v1 + v1 - c1;
      c2 = v2 + v2 - c2;
      const Float4 y = shares.dry * x + shares.band * v1 + shares.low * v2;
      for (int n = 0; n < 4; ++n) samples[static_cast<std::size_t>(n)][i] = y[n];
    }
    for (int n = 0; n < 4; ++n) {
      filters[static_cast<std::size_t>(n)].c1_ = c1[n];
      filters[static_cast<std::size_t>(n)].c2_ = c2[n];
    }
  }
  static void lowpass(std::array<Svf, 4>& filters, const std::array<float*, 4>& samples,
                      int frames) {
    process(filters, {four(0.0f), four(0.0f), four(1.0f)}, samples, frames);
  }
  /// All four filters must have the same q.
  static void highpass(std::array<Svf, 4>& filters, const std::array<float*, 4>& samples,
                       int frames) {
    process(filters, {four(1.0f), four(-filters[0].k_), four(-1.0f)}, samples, frames);
  }
  /// Raises or lowers what lies around the cutoff by `middle` and what lies below it by `below`.
  /// All four must have the same q.
  static void tilt(std::array<Svf, 4>& filters, float middle, float below,
                   const std::array<float*, 4>& samples, int frames) {
    process(filters, {four(1.0f), four((middle - 1.0f) * filters[0].k_), four(below - 1.0f)},
            samples, frames);
  }
  void highpass(float* samples, int frames) {
    for (int i = 0; i < frames; ++i) samples[i] = highpass(samples[i]);
  }

 private:
  void step(float x) {
    const float v3 = x - c2_;
    v1_ = a1_ * c1_ + a2_ * v3;
    v2_ = c2_ + a2_ * c1_ + a3_ * v3;
    c1_ = 2.0f * v1_ - c1_;
    c2_ = 2.0f * v2_ - c2_;
  }

  float a1_ = 1.0f, a2_ = 0.0f, a3_ = 0.0f, k_ = 1.0f;
  float c1_ = 0.0f, c2_ = 0.0f, v1_ = 0.0f, v2_ = 0.0f;
};

}  // namespace focus::core::dsp
