// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

#include "dsp/math.h"

namespace focus::core::dsp {

/// Eight struck modes that ring out, in lockstep: each a two-pole recurrence whose output is
/// amplitude * r^n * sin(w n). Can be entered at any age.
class ModalBank {
 public:
  static constexpr int kModes = 8;

  struct Mode {
    double hertz = 0.0;
    double amplitude = 0.0;
    double t60_seconds = 1.0;
  };

  void strike(const std::array<Mode, kModes>& modes, double rate, std::int64_t age) {
    for (std::size_t m = 0; m < kModes; ++m) {
      const bool audible = modes[m].hertz < 0.45 * rate;
      const double turns = audible ? modes[m].hertz / rate : 0.0;
      const double r = decay_factor(modes[m].t60_seconds * rate);
      const double amplitude = audible ? modes[m].amplitude : 0.0;
      const auto at = [&](std::int64_t n) {
        const auto x = static_cast<double>(n);
        return amplitude * power_of_two(-9.965784284662087 * x / (modes[m].t60_seconds * rate)) *
               sine_turns(turns * x);
      };
      a1_[m] = static_cast<float>(2.0 * r * cosine_turns(turns));
      a2_[m] = static_cast<float>(-r * r);
      y1_[m] = static_cast<float>(at(age - 1));
      y2_[m] = static_cast<float>(at(age - 2));
    }
  }

  void render(float* out, int frames) {
    float y1[kModes], y2[kModes];
    for (std::size_t m = 0; m < kModes; ++m) y1[m] = y1_[m], y2[m] = y2_[m];
    for (int i = 0; i < frames; ++i) {
      float y[kModes];
      for (std::size_t m = 0; m < kModes; ++m) {
        y[m] = a1_[m] * y1[m] + a2_[m] * y2[m];
        y2[m] = y1[m];
        y1[m] = y[m];
      }
      out[i] = ((y[0] + y[4]) + (y[1] + y[5])) + ((y[2] + y[6]) + (y[3] + y[7]));
    }
    for (std::size_t m = 0; m < kModes; ++m) y1_[m] = y1[m], y2_[m] = y2[m];
  }

 private:
  std::array<float, kModes> a1_{}, a2_{}, y1_{}, y2_{};
};

}  // namespace focus::core::dsp
