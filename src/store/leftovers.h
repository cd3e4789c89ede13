// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"

namespace focus::core::store {

/// What lies, or may lie, in the data folder and belongs to no row: written down in the transaction
/// that takes the row away (or before the one that adds it), so that a process that is killed
/// leaves nothing for ever. Not thread-safe, like the database.
class Leftovers {
 public:
  explicit Leftovers(Database& database) : database_(database) {}

  /// `path` within the data folder: "sessions/ID", "tracks/ID.ENDING" or "notes/ID.txt".
  absl::Status add(const std::string& path);
  absl::Status forget(const std::string& path);
  absl::StatusOr<std::vector<std::string>> list();
  /// Removes all of them, which belong to a process that is no more.
  absl::Status sweep(const std::string& data_folder);

 private:
  Database& database_;
};

}  // namespace focus::core::store
