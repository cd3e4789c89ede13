// SPDX-License-Identifier: MIT
#include "rest/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace focus::core::rest {

std::optional<int> RateLimit::wait_seconds(double now, int limit) {
  const MutexLock guard(mutex_);
  const std::optional<int> wait = wait_locked(now, limit);
  if (!wait) passed_.push_back(now);
  return wait;
}

std::optional<int> RateLimit::foresee(double now, int limit) {
  const MutexLock guard(mutex_);
  return wait_locked(now, limit);
}

std::optional<int> RateLimit::wait_locked(double now, int limit) {
  while (!passed_.empty() && passed_.front() <= now - kWindowSeconds) passed_.pop_front();
  const auto allowed = static_cast<std::size_t>(limit);
  if (passed_.size() < allowed) return std::nullopt;
  // If the limit has been lowered, more than one request must expire first.
  const double first_to_go = passed_[passed_.size() - allowed];
  return std::max(1, static_cast<int>(std::ceil(first_to_go + kWindowSeconds - now)));
}

}  // namespace focus::core::rest
