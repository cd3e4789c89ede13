// SPDX-License-Identifier: MIT
#include "player/resampler_start.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace focus::core::player {
namespace {

/// Where the output's rate is not lower than the input's.
constexpr double kHalfFilter = 48.0;
/// How many starts are tried at most. After from_rate / gcd of both rates they repeat; that is 160
/// from 48 to 44.1 kHz.
constexpr std::int64_t kMostStarts = 1024;

}  // namespace

std::int64_t half_filter(int from_rate, int to_rate) {
  return std::llround(kHalfFilter * std::max(1.0, static_cast<double>(from_rate) / to_rate));
}

ResamplerStart find_resampler_start(double here, std::int64_t oldest, int from_rate, int to_rate) {
  const double ratio = static_cast<double>(to_rate) / from_rate;
  const std::int64_t period = from_rate / std::gcd(from_rate, to_rate);
  const std::int64_t latest =
      std::max<std::int64_t>(std::llround(here) - half_filter(from_rate, to_rate), oldest);
  const std::int64_t earliest = std::max(latest - std::min(period, kMostStarts) + 1, oldest);
  ResamplerStart best;
  double least = 1.0;
  for (std::int64_t frame = latest; frame >= earliest; --frame) {
    const double skip = (here - static_cast<double>(frame)) * ratio;
    const double off = std::abs(skip - std::round(skip));
    if (off >= least) continue;
    least = off;
    best = {frame, std::max<std::int64_t>(std::llround(skip), 0)};
  }
  return best;
}

}  // namespace focus::core::player
