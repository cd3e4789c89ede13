// SPDX-License-Identifier: MIT
// What happens to a stereo sum at the end: mono bass and soft saturation.
#pragma once

#include "dsp/filters.h"

namespace focus::core::dsp {

/// Folds what lies below a corner to mono: the side signal loses its bass.
class MonoBass {
 public:
  void set_corner(double hertz, double rate) { side_.set(hertz, 0.7071, rate); }
  void process(float* left, float* right, int frames) {
    for (int i = 0; i < frames; ++i) {
      const float mid = 0.5f * (left[i] + right[i]);
      const float side = side_.highpass(0.5f * (left[i] - right[i]));
      left[i] = mid + side;
      right[i] = mid - side;
    }
  }

 private:
  Svf side_;
};

/// Pade's tanh: transparent when quiet, within +-1 for whatever comes.
inline float soft_saturation(float x) {
  const float c = x < -3.0f ? -3.0f : (x > 3.0f ? 3.0f : x);
  return c * (27.0f + c * c) / (27.0f + 9.0f * c * c);
}

}  // namespace focus::core::dsp
