// SPDX-License-Identifier: MIT
#pragma once

#include <array>

#include "dsp/filters.h"
#include "engines/soundscape/noise_bed.h"

namespace focus::core::engines::soundscape {

/// Turns white noise into grey noise, which is about equally loud at all frequencies: its power
/// density follows the equal-loudness contour of 40 phon (ISO 226:2003) from 36 Hz to 18 kHz,
/// within 0.3 dB. Six filters in a row, fitted at 44.1 and 48 kHz alike.
class GreyFilter {
 public:
  explicit GreyFilter(int rate);
  void process(Stereo& block);

 private:
  /// Two stages on both sides; the second takes what the first gave a frame earlier.
  struct Pair {
    std::array<dsp::Svf, 4> filters;
    std::array<float, 4> band{}, low{};
    std::array<float, 2> before{};
  };
  std::array<Pair, 3> pairs_;
};

}  // namespace focus::core::engines::soundscape
