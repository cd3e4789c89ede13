// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

namespace focus::core::dsp {

/// Widens a stereo bus: each side gets a copy of itself with a slowly modulated delay, in a
/// different phase on each side. The modulation is a function of the absolute frame.
class Chorus {
 public:
  Chorus(double rate, double centre_seconds, double depth_seconds, double sway_hertz, float wet);
  /// Processes in place. `frame` is the absolute number of the first frame.
  void process(std::int64_t frame, int frames, float* left, float* right);

 private:
  void process_side(double delay, double delay_after, int frames, float* samples,
                    std::vector<float>& line) const;

  double rate_, centre_, depth_, sway_hertz_;
  float wet_;
  std::uint32_t mask_ = 0;
  std::uint32_t position_ = 0;
  std::vector<float> left_line_, right_line_;
};

}  // namespace focus::core::dsp
