// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "base/mutex.h"

namespace focus::core::rest {

/// Limits the number of requests in any window of 60 seconds. The limit is exact, because the time
/// of each request is kept for that long. In a cluster, what other nodes have passed in the present
/// minute counts as well, as far as this node was told of it. Thread-safe.
class RateLimit {
 public:
  static constexpr double kWindowSeconds = 60.0;

  /// Counts a request at `now` (in monotonic seconds) and returns nothing, unless there were
  /// `limit` requests in the minute before it. Then it returns the number of whole seconds after
  /// which the next one is allowed.
  std::optional<int> wait_seconds(double now, int limit);
  /// The same, but counts nothing.
  std::optional<int> foresee(double now, int limit);

  /// Whether so few requests are left that the cluster has to be asked before the next one: what
  /// others pass within a second could be more.
  bool is_near(int limit);
  /// The last request that was counted was refused by the cluster, and does not count.
  void take_back();

  /// How many requests have passed since the last call: to be told to the cluster. Negative where
  /// more were taken back.
  std::int64_t take_uncounted();
  bool has_uncounted();
  /// They could not be told.
  void give_back_uncounted(std::int64_t requests);
  /// The cluster has counted `total` requests of the last 60 seconds (see RateShelf), and its
  /// present minute ends at `window_ends` (in monotonic seconds); `told` of them were just told.
  void note_total(std::int64_t total, std::int64_t told, double window_ends);
  /// Whether a request has passed in the last minute.
  bool is_recent(double now);

 private:
  std::optional<int> wait_locked(double now, int limit) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Mutex mutex_;
  std::deque<double> passed_ ABSL_GUARDED_BY(mutex_);  // of the last minute, oldest first
  std::int64_t uncounted_ ABSL_GUARDED_BY(mutex_) = 0;
  // Of the cluster's present minute.
  double window_ends_ ABSL_GUARDED_BY(mutex_) = 0.0;
  std::int64_t own_in_window_ ABSL_GUARDED_BY(mutex_) = 0;
  std::int64_t elsewhere_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace focus::core::rest
