// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"
#include "store/records.h"

namespace focus::core::store {

/// The catalogue's table of ready segments. A record's path is not kept: the folder gives it. Not
/// thread-safe, like the database.
class SegmentTable {
 public:
  explicit SegmentTable(Database& database) : database_(database) {}

  struct Row {
    SegmentRecord record;
    std::int64_t epoch = 0;  ///< of the claim that made it; 0 where it is older than claims
  };

  absl::Status put(const std::string& session_id, std::int64_t epoch, const SegmentRecord& segment);
  /// In order of index.
  absl::StatusOr<std::vector<Row>> list(const std::string& session_id);
  /// The digest of its file; nothing where there is no such row.
  absl::StatusOr<std::optional<std::string>> digest(const std::string& session_id, int index);
  absl::StatusOr<bool> has(const std::string& session_id, int index);
  /// The indices from `first` on, in order.
  absl::StatusOr<std::vector<int>> indices_from(const std::string& session_id, int first);
  /// Returns whether there was such a row.
  absl::StatusOr<bool> forget(const std::string& session_id, int index);
  /// The same where the claim with this epoch has made it.
  absl::StatusOr<bool> forget(const std::string& session_id, int index, std::int64_t epoch);
  absl::Status forget_from(const std::string& session_id, int first);

 private:
  Database& database_;
};

}  // namespace focus::core::store
