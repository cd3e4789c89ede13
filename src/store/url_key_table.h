// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"
#include "store/records.h"

namespace focus::core::store {

/// The catalogue's table of the keys that links are signed with. Not thread-safe.
class UrlKeyTable {
 public:
  explicit UrlKeyTable(Database& database) : database_(database) {}

  /// Newest first.
  absl::StatusOr<std::vector<UrlKey>> list();
  /// Adds a key, where `newest` is the newest one, and lets all but the newest kUrlKeysKept go: in
  /// one transaction.
  absl::Status add(const UrlKey& key, const std::string& newest);

 private:
  Database& database_;
};

}  // namespace focus::core::store
