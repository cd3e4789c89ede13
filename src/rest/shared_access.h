// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <thread>
#include <vector>

#include <absl/status/status.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mutex.h"
#include "rest/access.h"
#include "store/cluster.h"

namespace focus::core::rest {

/// Keeps the access keys and the rate limits of a node of a cluster equal to those of the others,
/// once a second, on a thread of its own: a key that was added or removed on another node counts
/// here a second later, and requests that others have passed count within a second; where a key is
/// near its limit, at once. Where the database does not answer, the keys stay as they are and each
/// node limits alone.
class SharedAccess {
 public:
  /// Reads the keys, so that the first request finds its own. All that is given outlives it.
  SharedAccess(Access& access, store::Cluster& cluster, const Clock& clock, Log log);
  ~SharedAccess();
  SharedAccess(const SharedAccess&) = delete;
  SharedAccess& operator=(const SharedAccess&) = delete;

  /// Counts a request of a caller who is near the limit (RateLimit::is_near), in the cluster before
  /// it passes. Otherwise as RateLimit::wait_seconds. Asks the database. Thread-safe.
  std::optional<int> count_in_cluster(const Caller& caller, int limit);

 private:
  void run() noexcept;
  absl::Status read_keys();
  absl::Status share_rates();
  /// Tells what the callers have passed, and notes what all nodes have. In the order of `callers`.
  absl::StatusOr<std::vector<std::int64_t>> share(const std::vector<const Caller*>& callers);

  Access& access_;
  store::Cluster& cluster_;
  const Clock& clock_;
  const Log log_;
  std::int64_t revision_ = -1;  // of the keys that were read; of the thread, once it runs
  Mutex mutex_;
  CondVar stopped_;
  bool stops_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

/// A key as the shelf keeps it, and back.
store::AccessKeyRecord record_of(const Caller& caller);
absl::StatusOr<Caller> caller_of(const store::AccessKeyRecord& record);

}  // namespace focus::core::rest
