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
      const double steps = modes[m].t60_seconds * rate;
      const double amplitude = audible ? modes[m].amplitude : 0.0;
      const auto at = [&](std::int64_t n) {
        const auto x = static_cast<double>(n);
        return static_cast<float>(amplitude * power_of_two(-9.965784284662087 * x / steps) *
                                  sine_turns(turns * x));
      };
      const double r2 = decay_factor(0.5 * steps);
      a1_[m] = static_cast<float>(2.0 * r2 * cosine_turns(2.0 * turns));
      a2_[m] = static_cast<float>(-r2 * r2);
      even_[m] = at(age - 2), even_before_[m] = at(age - 4);
      odd_[m] = at(age - 1), odd_before_[m] = at(age - 3);
    }
  }

  /// `frames` is even. Even and odd frames are two recurrences of twice the step, which halves the
  /// wait for the last result.
  void render(float* out, int frames) {
    float a1[kModes], a2[kModes], y1[2][kModes], y2[2][kModes];
    for (std::size_t m = 0; m < kModes; ++m) {
      a1[m] = a1_[m], a2[m] = a2_[m];
      y1[0][m] = even_[m], y2[0][m] = even_before_[m];
      y1[1][m] = odd_[m], y2[1][m] = odd_before_[m];
    }
    for (int i = 0; i < frames; i += 2) {
      float y[2][kModes];
      for (std::size_t s = 0; s < 2; ++s) {
        for (std::size_t m = 0; m < kModes; ++m) {
          y[s][m] = a1[m] * y1[s][m] + a2[m] * y2[s][m];
          y2[s][m] = y1[s][m];
          y1[s][m] = y[s][m];
        }
      }
      float sums[2][4];
      for (std::size_t s = 0; s < 2; ++s) {
        for (std::size_t m = 0; m < 4; ++m) sums[s][m] = y[s][m] + y[s][m + 4];
      }
      out[i] = (sums[0][0] + sums[0][1]) + (sums[0][2] + sums[0][3]);
      out[i + 1] = (sums[1][0] + sums[1][1]) + (sums[1][2] + sums[1][3]);
    }
    for (std::size_t m = 0; m < kModes; ++m) {
      even_[m] = y1[0][m], even_before_[m] = y2[0][m];
      odd_[m] = y1[1][m], odd_before_[m] = y2[1][m];
    }
  }

 private:
  std::array<float, kModes> a1_{}, a2_{};
  std::array<float, kModes> even_{}, even_before_{}, odd_{}, odd_before_{};
};

}  // namespace focus::core::dsp
