// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "base/mutex.h"

namespace focus::core::rest {

/// Limits the number of requests in any window of 60 seconds. The limit is exact, because the time
/// of each request is kept for that long. Thread-safe.
class RateLimit {
 public:
  static constexpr double kWindowSeconds = 60.0;

  /// Counts a request at `now` (in monotonic seconds) and returns nothing, unless there were
  /// `limit` requests in the minute before it. Then it returns the number of whole seconds after
  /// which the next one is allowed.
  std::optional<int> wait_seconds(double now, int limit);
  /// The same, but counts nothing.
  std::optional<int> foresee(double now, int limit);

 private:
  std::optional<int> wait_locked(double now, int limit) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Mutex mutex_;
  std::deque<double> passed_ ABSL_GUARDED_BY(mutex_);  // of the last minute, oldest first
};

}  // namespace focus::core::rest
