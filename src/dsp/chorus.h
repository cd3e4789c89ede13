// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "dsp/delay_line.h"

namespace focus::core::dsp {

/// Widens a stereo bus: each side gets a copy of itself with a slowly modulated delay, in a
/// different phase on each side. The modulation is a function of the absolute frame.
class Chorus {
 public:
  Chorus(double rate, double centre_seconds, double depth_seconds, double sway_hertz, float wet);
  /// Processes in place. `frame` is the absolute number of the first frame.
  void process(std::int64_t frame, int frames, float* left, float* right);

 private:
  double rate_, centre_, depth_, sway_hertz_;
  float wet_;
  DelayLine left_line_, right_line_;
  std::int64_t next_frame_ = -1;  ///< the end of the last block, to which next_delays_ belongs
  std::array<double, 2> next_delays_{};  ///< left, right
};

}  // namespace focus::core::dsp
