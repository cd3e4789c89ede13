// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

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
  std::mutex mutex_;
  std::deque<double> passed_;  // of the last minute, oldest first
};

}  // namespace focus::core
