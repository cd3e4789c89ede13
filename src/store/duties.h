// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core::store {

/// Work that one node of a cluster does for all: the expiry of old sessions, the removal of objects
/// that nobody uses. Thread-safe.
class Duties {
 public:
  /// How long a duty is a node's unless it takes it again.
  static constexpr int kLeaseSeconds = 60;

  virtual ~Duties() = default;

  /// Whether the duty is this node's from now on, for kLeaseSeconds of the store's clock. Another
  /// node may have it.
  virtual absl::StatusOr<bool> take(const std::string& duty, const std::string& node) = 0;
  /// Lets another node have it. Does nothing where it is not this node's.
  virtual absl::Status leave(const std::string& duty, const std::string& node) = 0;

  /// Removes at most `limit` objects that no row uses, and counts of rates and nodes that are over.
  /// Returns how many objects. For the node that has the duty.
  virtual absl::StatusOr<int> sweep(int limit) = 0;
};

}  // namespace focus::core::store
