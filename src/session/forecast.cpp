// SPDX-License-Identifier: MIT
#include "session/forecast.h"

#include <algorithm>

namespace focus::core::session {

double SpeedMeter::seconds_for(const std::string& engine, double audio_seconds,
                               double expected) const {
  const auto found = seconds_per_second_.find(engine);
  const double cost = found != seconds_per_second_.end() ? found->second : 1.0 / expected;
  return audio_seconds * cost;
}

void SpeedMeter::record(const std::string& engine, double audio_seconds, double took_seconds) {
  constexpr double kWeightOfNewest = 0.3;
  const double cost = took_seconds / audio_seconds;
  const auto [entry, first] = seconds_per_second_.try_emplace(engine, cost);
  if (!first) entry->second += kWeightOfNewest * (cost - entry->second);
}

std::optional<double> seconds_until_done(std::vector<double> busy_for,
                                         const std::vector<QueuedWork>& queue) {
  for (const QueuedWork& work : queue) {
    const auto first_free = std::min_element(busy_for.begin(), busy_for.end());
    *first_free += work.seconds;
    if (work.wanted) return *first_free;
  }
  return std::nullopt;
}

}  // namespace focus::core::session
