// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "base/mutex.h"

namespace focus::core {

/// Lets so many requests pass in any 60 seconds: exactly, since the moment of each is kept for that
/// long. Thread-safe.
class RateLimit {
 public:
  static constexpr double kWindowSeconds = 60.0;

  /// Counts a request at `now` (in seconds on a clock that never goes back), unless there were
  /// `limit` in the minute before it: then it returns in how many whole seconds one is allowed.
  std::optional<int> wait_seconds(double now, int limit);

 private:
  Mutex mutex_;
  std::deque<double> passed_ ABSL_GUARDED_BY(mutex_);  // of the last minute, oldest first
};

}  // namespace focus::core
