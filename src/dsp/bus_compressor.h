// SPDX-License-Identifier: MIT
#pragma once

#include "dsp/math.h"

namespace focus::core::dsp {

/// A slow compressor on a stereo bus, driven by the mean power of both sides. The gain is computed
/// once per block and interpolated linearly within it. After a few release times it no longer
/// depends on the state it started with.
class BusCompressor {
 public:
  struct Settings {
    double threshold_db = -24.0;  ///< compared with the mean power of the two sides
    double ratio = 2.0;
    double knee_db = 8.0;
    double attack_seconds = 0.04;
    double release_seconds = 0.35;
    double makeup_db = 0.0;
  };

  BusCompressor(const Settings& settings, double rate) : settings_(settings), rate_(rate) {}

  void process(float* left, float* right, int frames) {
    float power = 1e-12f;
    for (int i = 0; i < frames; ++i) power += left[i] * left[i] + right[i] * right[i];
    const double level_db =
        3.0102999566 * logarithm_of_two(static_cast<double>(power) / (2.0 * frames));
    const double wanted_db = settings_.makeup_db - reduction_db(level_db);
    const double seconds =
        wanted_db < gain_db_ ? settings_.attack_seconds : settings_.release_seconds;
    const double keep = power_of_two(-1.4426950409 * frames / (seconds * rate_));
    const auto from = static_cast<float>(gain_of_db(gain_db_));
    gain_db_ = wanted_db + keep * (gain_db_ - wanted_db);
    const float step =
        (static_cast<float>(gain_of_db(gain_db_)) - from) / static_cast<float>(frames);
    for (int i = 0; i < frames; ++i) {
      const float gain = from + static_cast<float>(i) * step;
      left[i] *= gain;
      right[i] *= gain;
    }
  }

 private:
  /// The static curve, with a quadratic knee (Giannoulis, Massberg and Reiss, JAES 2012).
  double reduction_db(double level_db) const {
    const double over = level_db - settings_.threshold_db, half = 0.5 * settings_.knee_db;
    const double slope = 1.0 - 1.0 / settings_.ratio;
    if (over <= -half) return 0.0;
    if (over >= half) return slope * over;
    return slope * (over + half) * (over + half) / (2.0 * settings_.knee_db);
  }

  Settings settings_;
  double rate_;
  double gain_db_ = 0.0;
};

}  // namespace focus::core::dsp
