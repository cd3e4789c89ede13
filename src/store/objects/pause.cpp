// SPDX-License-Identifier: MIT
#include "store/objects/pause.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace focus::core::store {

bool Pause::wait(double seconds) {
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                       std::chrono::duration<double>(std::max(seconds, 0.0)));
  const MutexLock lock(mutex_);
  while (!stopped() && ended_.wait_until(mutex_, end)) {
  }
  return !stopped();
}

void Pause::stop() {
  {
    const MutexLock lock(mutex_);
    stopped_.store(true, std::memory_order_relaxed);
  }
  ended_.notify_all();
}

double wait_after(const RetryRule& rule, int attempt, double chance) {
  const double longest =
      std::min(rule.most_seconds, std::ldexp(rule.first_seconds, std::clamp(attempt - 1, 0, 30)));
  return longest * (0.5 + 0.5 * chance);
}

}  // namespace focus::core::store
