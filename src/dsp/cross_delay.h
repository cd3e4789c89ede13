// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "dsp/filters.h"

namespace focus::core::dsp {

/// An echo that wanders between the sides: what goes in on the left comes back on the right, each
/// time darker. Gives the wet signal alone, added to the outputs.
class CrossDelay {
 public:
  CrossDelay(double rate, double seconds, float feedback, double damping_hertz);
  void process(const float* in_left, const float* in_right, int frames, float* left, float* right);

 private:
  std::vector<float> left_line_, right_line_;
  std::size_t position_ = 0;
  float feedback_;
  OnePole left_damping_, right_damping_;
};

}  // namespace focus::core::dsp
