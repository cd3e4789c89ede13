// SPDX-License-Identifier: MIT
#pragma once

namespace focus::core {

/// The K-weighting of ITU-R BS.1770-4, annex 1: a high shelf of +4 dB for the head, then a
/// high-pass at 38 Hz, for one channel. The standard prints coefficients for 48 kHz only; these are
/// its analogue prototypes through the bilinear transform, which are the printed ones at 48 kHz and
/// right at any other rate.
class KWeighting {
 public:
  explicit KWeighting(int sample_rate);

  double process(double sample) { return high_pass_.process(shelf_.process(sample)); }

 private:
  struct Biquad {
    double b0, b1, b2, a1, a2;
    double s1 = 0.0, s2 = 0.0;

    double process(double x) {  // transposed direct form II
      const double y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      return y;
    }
  };

  Biquad shelf_;
  Biquad high_pass_;
};

}  // namespace focus::core
