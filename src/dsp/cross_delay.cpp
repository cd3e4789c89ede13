// SPDX-License-Identifier: MIT
#include "dsp/cross_delay.h"

#include <algorithm>

namespace focus::core::dsp {

CrossDelay::CrossDelay(double rate, double seconds, float feedback, double damping_hertz)
    : left_line_(static_cast<std::size_t>(std::max(1.0, seconds * rate))),
      right_line_(left_line_.size()),
      feedback_(feedback) {
  left_damping_.set_cutoff(damping_hertz, rate);
  right_damping_.set_cutoff(damping_hertz, rate);
}

void CrossDelay::process(const float* in_left, const float* in_right, int frames, float* left,
                         float* right) {
  for (int i = 0; i < frames; ++i) {
    const float l = left_damping_.lowpass(left_line_[position_]);
    const float r = right_damping_.lowpass(right_line_[position_]);
    left_line_[position_] = in_left[i] + feedback_ * r;
    right_line_[position_] = in_right[i] + feedback_ * l;
    left[i] += l;
    right[i] += r;
    if (++position_ == left_line_.size()) position_ = 0;
  }
}

}  // namespace focus::core::dsp
