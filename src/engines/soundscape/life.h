// SPDX-License-Identifier: MIT
// Slow movement and events as functions of absolute time.
#pragma once

#include <cstdint>

#include "base/random.h"
#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::engines::soundscape {

/// The quotient rounded down, also for negative numbers.
constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

inline double limit(double x, double low, double high) {
  return x < low ? low : (x > high ? high : x);
}
/// From 0 at `low` to 1 at `high`, with level ends.
inline double smooth_step(double low, double high, double x) {
  const double t = limit((x - low) / (high - low), 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}
/// e^-x
inline double fading(double x) { return dsp::power_of_two(-1.4426950408889634 * x); }

/// A 32-bit key for the noises of src/dsp.
inline std::uint32_t key_of(const Random& random, std::string_view label) {
  return static_cast<std::uint32_t>(random.fork(label).bits() >> 32);
}

/// A smooth random curve in time that never repeats.
class Drift {
 public:
  Drift(const Random& random, std::string_view label, double period_seconds)
      : key_(key_of(random, label)), per_second_(1.0 / period_seconds) {}
  /// -1 to 1
  double at(double seconds) const { return dsp::drift(key_, seconds * per_second_); }
  /// 0 to 1
  double share_at(double seconds) const { return 0.5 + 0.5 * at(seconds); }

 private:
  std::uint32_t key_;
  double per_second_;
};

/// Events at random times (a Poisson process), block by block.
class Shower {
 public:
  Shower(const Random& random, std::string_view label) : random_(random.fork(label)) {}

  /// Calls `strike` with a stream of its own for each event of the block. At most eight.
  template <typename Strike>
  void at(std::int64_t block, double expected, Strike&& strike) const {
    Random draws = random_.fork(static_cast<std::uint64_t>(block));
    const double chance = draws.uniform();
    double each = fading(expected), sum = each;
    for (int n = 1; chance > sum && n <= 8; ++n) {
      strike(draws);
      each *= expected / n;
      sum += each;
    }
  }

 private:
  Random random_;
};

/// Divides time into slots of equal length. Each slot has a stream of its own, from which its event
/// is drawn.
class Slots {
 public:
  Slots(const Random& random, std::string_view label, double seconds)
      : random_(random.fork(label)), seconds_(seconds) {}
  std::int64_t slot_at(double seconds) const {
    return static_cast<std::int64_t>(dsp::floor_of(seconds / seconds_));
  }
  double start_of(std::int64_t slot) const { return static_cast<double>(slot) * seconds_; }
  double length() const { return seconds_; }
  Random draws_of(std::int64_t slot) const {
    return random_.fork(static_cast<std::uint64_t>(slot));
  }

 private:
  Random random_;
  double seconds_;
};

}  // namespace focus::core::engines::soundscape
