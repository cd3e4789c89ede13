// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "store/postgres/connection.h"

namespace focus::core::store {

/// Somebody whose sessions want segments.
struct PgOwner {
  std::string organization;
  std::string caller;

  bool operator==(const PgOwner&) const = default;
};

/// Whose work a node takes next: organizations take turns, and within an organization its callers
/// do, however many sessions each has. Each node goes round for itself, so that nodes share no row
/// for it; together they serve everybody alike. Thread-safe.
class PgTurns {
 public:
  /// The owner that comes after the one before, of those for whom a segment is planned. Nothing
  /// where none is.
  absl::StatusOr<std::optional<PgOwner>> next(PgConnection& connection);

 private:
  std::string last_caller_of(const std::string& organization);

  Mutex mutex_;
  std::string last_organization_ ABSL_GUARDED_BY(mutex_);
  std::unordered_map<std::string, std::string> last_callers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::store
