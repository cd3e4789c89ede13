// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core::store {

/// An access key as it is kept: never its text, only the hash of it.
struct AccessKeyRecord {
  std::string hash;  ///< 64 lowercase hexadecimal digits
  std::string name;
  std::vector<std::string> organizations;
  std::vector<std::string> capabilities;
  std::optional<int> requests_per_minute;

  bool operator==(const AccessKeyRecord&) const = default;
};

/// The access keys that all nodes of a cluster accept. Thread-safe.
class AccessKeyShelf {
 public:
  virtual ~AccessKeyShelf() = default;

  /// In the order of their hashes.
  virtual absl::StatusOr<std::vector<AccessKeyRecord>> list() = 0;
  /// Adds a key, or replaces what is kept of it.
  virtual absl::Status put(const AccessKeyRecord& key) = 0;
  /// Does nothing where there is none.
  virtual absl::Status remove(const std::string& hash) = 0;
  /// A number that grows with each change: a node that knows it reads the list only when it moves.
  virtual absl::StatusOr<std::int64_t> revision() = 0;
};

}  // namespace focus::core::store
