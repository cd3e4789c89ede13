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
    process(samples, frames, [](Svf& filter, float x) { return filter.lowpass(x); });
  }
  void bandpass(float* samples, int frames) {
    process(samples, frames, [](Svf& filter, float x) { return filter.bandpass(x); });
  }

  /// The coefficients of another filter; the state stays.
  void set_like(const Svf& other) {
    a1_ = other.a1_, a2_ = other.a2_, a3_ = other.a3_, k_ = other.k_;
  }
  float k() const { return k_; }

 private:
  friend class FourSvf;

  template <typename Filter>
  void process(float* samples, int frames, Filter filter) {
    Svf own = *this;  // in registers: the samples might be anything's, also this filter's
    for (int i = 0; i < frames; ++i) samples[i] = filter(own, samples[i]);
    *this = own;
  }
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

/// Four state-variable filters, computed at once. One alone would spend most of the time waiting
/// for the result of its previous sample. Where two groups are independent or follow each other,
/// step both in one loop: they then wait at the same time. The filters have their new state when
/// this is destroyed.
class FourSvf {
 public:
  /// What the filters give out: shares of their input, their band-pass (which is 1 / q at the
  /// centre) and their low-pass.
  struct Shares {
    Float4 dry, band, low;
  };
  static Shares lowpass() { return {four(0.0f), four(0.0f), four(1.0f)}; }
  /// All four filters must have the same q.
  static Shares highpass(const std::array<Svf, 4>& filters) {
    return {four(1.0f), four(-filters[0].k_), four(-1.0f)};
  }
  /// Raises or lowers what lies around the cutoff by `middle` and what lies below it by `below`.
  /// All four must have the same q.
  static Shares tilt(const std::array<Svf, 4>& filters, float middle, float below) {
    return {four(1.0f), four((middle - 1.0f) * filters[0].k_), four(below - 1.0f)};
  }

  FourSvf(const std::array<Svf*, 4>& filters, const Shares& shares)
      : filters_(filters),
        shares_(shares),
        a1_(gather(&Svf::a1_)),
        a2_(gather(&Svf::a2_)),
        a3_(gather(&Svf::a3_)),
        c1_(gather(&Svf::c1_)),
        c2_(gather(&Svf::c2_)) {}
  FourSvf(std::array<Svf, 4>& filters, const Shares& shares)
      : FourSvf({&filters[0], &filters[1], &filters[2], &filters[3]}, shares) {}
  FourSvf(const FourSvf&) = delete;
  FourSvf& operator=(const FourSvf&) = delete;
  ~FourSvf() {
    for (int n = 0; n < 4; ++n) {
      filters_[static_cast<std::size_t>(n)]->c1_ = c1_[n];
      filters_[static_cast<std::size_t>(n)]->c2_ = c2_[n];
    }
  }

  /// One frame of the four channels.
  Float4 step(Float4 x) {
    const Float4 v3 = x - c2_;
    const Float4 v1 = a1_ * c1_ + a2_ * v3;
    const Float4 v2 = c2_ + a2_ * c1_ + a3_ * v3;
    c1_ = v1 + v1 - c1_;
    c2_ = v2 + v2 - c2_;
    return shares_.dry * x + shares_.band * v1 + shares_.low * v2;
  }
  /// In place.
  void process(const std::array<float*, 4>& channels, int frames) {
    int i = 0;
    for (; i + 4 <= frames; i += 4) {
      Float4 rows[4];
      gather4(channels, i, rows);
      for (Float4& row : rows) row = step(row);
      scatter4(rows, channels, i);
    }
    for (; i < frames; ++i) {
      const Float4 y = step(Float4{channels[0][i], channels[1][i], channels[2][i], channels[3][i]});
      for (int n = 0; n < 4; ++n) channels[static_cast<std::size_t>(n)][i] = y[n];
    }
  }

 private:
  Float4 gather(float Svf::*member) const {
    return Float4{filters_[0]->*member, filters_[1]->*member, filters_[2]->*member,
                  filters_[3]->*member};
  }

  std::array<Svf*, 4> filters_;
  Shares shares_;
  Float4 a1_, a2_, a3_, c1_, c2_;
};

}  // namespace focus::core::dsp
