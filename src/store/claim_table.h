// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"

namespace focus::core::store {

/// The catalogue's table of claims: see WorkBoard. Not thread-safe, like the database.
class ClaimTable {
 public:
  struct Claim {
    std::int64_t epoch = 0;
    std::string node;
    std::int64_t lease_until = 0;
  };

  explicit ClaimTable(Database& database) : database_(database) {}

  absl::StatusOr<std::optional<Claim>> find(const std::string& session_id, int index);
  /// Adds or replaces.
  absl::Status put(const std::string& session_id, int index, const Claim& claim);
  /// The session's next epoch, which is not given out again. The session must exist.
  absl::StatusOr<std::int64_t> take_epoch(const std::string& session_id);
  absl::Status remove(const std::string& session_id, int index, std::int64_t epoch);
  absl::Status remove_from(const std::string& session_id, int first);
  absl::Status remove_all();

 private:
  Database& database_;
};

}  // namespace focus::core::store
