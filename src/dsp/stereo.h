// SPDX-License-Identifier: MIT
// What happens to a stereo sum at the end: mono bass and soft saturation.
#pragma once

#include "dsp/filters.h"

namespace focus::core::dsp {

/// The floor of a mix: below a corner the side signal is taken away, so that the bass is mono, and
/// what stands still is taken from the middle.
class MonoBass {
 public:
  void set_corner(double hertz, double rate) {
    side_.set(hertz, 0.7071, rate);
    dc_.set_cutoff(8.0, rate);
  }
  void process(float* left, float* right, int frames) {
    for (int i = 0; i < frames; ++i) {
      const float mid = dc_.process(0.5f * (left[i] + right[i]));
      const float side = side_.highpass(0.5f * (left[i] - right[i]));
      left[i] = mid + side;
      right[i] = mid - side;
    }
  }

 private:
  Svf side_;
  DcBlocker dc_;
};

/// Pade's tanh: transparent when quiet, within +-1 for whatever comes.
inline float soft_saturation(float x) {
  const float c = x < -3.0f ? -3.0f : (x > 3.0f ? 3.0f : x);
  return c * (27.0f + c * c) / (27.0f + 9.0f * c * c);
}

}  // namespace focus::core::dsp
