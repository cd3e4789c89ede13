// SPDX-License-Identifier: MIT
#pragma once

namespace focus::core::mastering {

/// The K-weighting filter of ITU-R BS.1770-4, annex 1, for one channel: a high shelf of +4 dB,
/// which models the head, and a high-pass at 38 Hz. The standard gives coefficients for 48 kHz
/// only. This class uses the analogue prototypes behind them and the bilinear transform: the result
/// equals the printed coefficients at 48 kHz and is correct at other rates.
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

}  // namespace focus::core::mastering
