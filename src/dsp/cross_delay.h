// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "dsp/filters.h"

namespace focus::core::dsp {

/// A ping-pong echo: a sound on the left is repeated on the right and so on, darker with each
/// repeat. Adds the wet signal alone to the outputs.
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
