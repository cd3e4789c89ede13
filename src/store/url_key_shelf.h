// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/records.h"

namespace focus::core::store {

/// The keys that links are signed with. Thread-safe.
class UrlKeyShelf {
 public:
  virtual ~UrlKeyShelf() = default;

  /// Newest first, at most kUrlKeysKept.
  virtual absl::StatusOr<std::vector<UrlKey>> list() = 0;
  /// Adds the newest key; the newest kUrlKeysKept stay. A power cut after that does not lose it.
  /// `newest` is the id of the key that the caller knows as the newest ("" where it knows none): a
  /// conflict (field "key_id") where somebody else has added one since.
  virtual absl::Status add(const UrlKey& key, const std::string& newest) = 0;
};

}  // namespace focus::core::store
