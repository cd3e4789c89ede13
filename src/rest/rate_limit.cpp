// SPDX-License-Identifier: MIT
#include "rest/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace focus::core::rest {

std::optional<int> RateLimit::wait_seconds(double now, int limit) {
  const MutexLock guard(mutex_);
  while (!passed_.empty() && passed_.front() <= now - kWindowSeconds) passed_.pop_front();
  const auto allowed = static_cast<std::size_t>(limit);
  if (passed_.size() < allowed) {
    passed_.push_back(now);
    return std::nullopt;
  }
  // If the limit has been lowered, more than one request must expire first.
  const double first_to_go = passed_[passed_.size() - allowed];
  return std::max(1, static_cast<int>(std::ceil(first_to_go + kWindowSeconds - now)));
}

}  // namespace focus::core::rest
