// SPDX-License-Identifier: MIT
// The last stages of a stereo mix: mono bass and soft saturation.
#pragma once

#include "dsp/filters.h"

namespace focus::core::dsp {

/// Makes the bass mono: removes the side signal below a corner frequency, and the constant offset
/// of the mid signal.
class MonoBass {
 public:
  void set_corner(double hertz, double rate) {
    side_.set(hertz, 0.7071, rate);
    dc_.set_cutoff(8.0, rate);
  }
  void process(float* left, float* right, int frames) {
    Svf low_cut = side_;  // in registers
    DcBlocker dc = dc_;
    for (int i = 0; i < frames; ++i) {
      const float mid = dc.process(0.5f * (left[i] + right[i]));
      const float side = low_cut.highpass(0.5f * (left[i] - right[i]));
      left[i] = mid + side;
      right[i] = mid - side;
    }
    side_ = low_cut;
    dc_ = dc;
  }

 private:
  Svf side_;
  DcBlocker dc_;
};

/// A Pade approximation of tanh: transparent for quiet signals, and within +-1 for any input.
inline float soft_saturation(float x) {
  const float c = x < -3.0f ? -3.0f : (x > 3.0f ? 3.0f : x);
  return c * (27.0f + c * c) / (27.0f + 9.0f * c * c);
}

}  // namespace focus::core::dsp
