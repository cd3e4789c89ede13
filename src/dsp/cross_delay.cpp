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
  constexpr int kBlock = 64;
  float l[kBlock], r[kBlock];
  for (int done = 0; done < frames;) {  // up to where the lines begin again
    const int count =
        std::min({frames - done, kBlock, static_cast<int>(left_line_.size() - position_)});
    float* const left_line = left_line_.data() + position_;
    float* const right_line = right_line_.data() + position_;
    OnePole left_damping = left_damping_, right_damping = right_damping_;  // in registers
    for (int i = 0; i < count; ++i) {
      l[i] = left_damping.lowpass(left_line[i]);
      r[i] = right_damping.lowpass(right_line[i]);
    }
    left_damping_ = left_damping;
    right_damping_ = right_damping;
    for (int i = 0; i < count; ++i) {
      left_line[i] = in_left[done + i] + feedback_ * r[i];
      left[done + i] += l[i];
    }
    for (int i = 0; i < count; ++i) {
      right_line[i] = in_right[done + i] + feedback_ * l[i];
      right[done + i] += r[i];
    }
    done += count;
    position_ += static_cast<std::size_t>(count);
    if (position_ == left_line_.size()) position_ = 0;
  }
}

}  // namespace focus::core::dsp
