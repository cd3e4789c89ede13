// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

namespace focus::core::store {

/// Requests that a node has passed and not told yet.
struct RateCount {
  std::string bucket;  ///< whose requests: the hash of an access key
  std::int64_t requests = 0;
};

/// How many requests all nodes together have passed in the last 60 seconds: those of the present
/// minute, and of the minute before as large a part as the last 60 seconds have of it (a sliding
/// window of two counters). A node adds what it has passed once a second, and knows then what the
/// others have. So a limit may be passed by what comes in within that second on the other nodes,
/// unless a node adds each request before it lets it pass. Minutes are of the store's clock.
/// Thread-safe.
class RateShelf {
 public:
  virtual ~RateShelf() = default;

  struct Totals {
    std::vector<std::int64_t> requests;  ///< of each bucket, in the order of the counts
    std::int64_t window_ends_in_ms = 0;  ///< the present minute
  };
  virtual absl::StatusOr<Totals> add(const std::vector<RateCount>& counts) = 0;
};

}  // namespace focus::core::store
