// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

namespace focus::core::plan {

/// A value that goes from `from` to `to` in a half cosine while x goes from 0 to 1.
inline double eased(double from, double to, double x) {
  return from + (to - from) * 0.5 * (1.0 - std::cos(std::numbers::pi * std::clamp(x, 0.0, 1.0)));
}

}  // namespace focus::core::plan
