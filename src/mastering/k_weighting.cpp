// SPDX-License-Identifier: MIT
#include "mastering/k_weighting.h"

#include <cmath>
#include <numbers>

namespace focus::core::mastering {
namespace {

// The analogue prototypes behind the coefficients in the standard (values from libebur128).
constexpr double kShelfHz = 1681.974450955533;
constexpr double kShelfGainDb = 3.999843853973347;
constexpr double kShelfQ = 0.7071752369554196;
constexpr double kShelfBandExponent = 0.4996667741545416;
constexpr double kHighPassHz = 38.13547087602444;
constexpr double kHighPassQ = 0.5003270373238773;

}  // namespace

KWeighting::KWeighting(int sample_rate) {
  const double shelf_k = std::tan(std::numbers::pi * kShelfHz / sample_rate);
  const double high = std::pow(10.0, kShelfGainDb / 20.0);
  const double band = std::pow(high, kShelfBandExponent);
  const double shelf_a0 = 1.0 + shelf_k / kShelfQ + shelf_k * shelf_k;
  shelf_.b0 = (high + band * shelf_k / kShelfQ + shelf_k * shelf_k) / shelf_a0;
  shelf_.b1 = 2.0 * (shelf_k * shelf_k - high) / shelf_a0;
  shelf_.b2 = (high - band * shelf_k / kShelfQ + shelf_k * shelf_k) / shelf_a0;
  shelf_.a1 = 2.0 * (shelf_k * shelf_k - 1.0) / shelf_a0;
  shelf_.a2 = (1.0 - shelf_k / kShelfQ + shelf_k * shelf_k) / shelf_a0;

  // The standard does not normalise the high-pass: its numerator is 1, -2, 1.
  const double pass_k = std::tan(std::numbers::pi * kHighPassHz / sample_rate);
  const double pass_a0 = 1.0 + pass_k / kHighPassQ + pass_k * pass_k;
  high_pass_.b0 = 1.0;
  high_pass_.b1 = -2.0;
  high_pass_.b2 = 1.0;
  high_pass_.a1 = 2.0 * (pass_k * pass_k - 1.0) / pass_a0;
  high_pass_.a2 = (1.0 - pass_k / kHighPassQ + pass_k * pass_k) / pass_a0;
}

}  // namespace focus::core::mastering
