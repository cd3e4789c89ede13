// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/answer_shelf.h"
#include "store/database.h"

namespace focus::core::store {

/// The catalogue's table of answers to requests that had a key. Not thread-safe.
class AnswerTable {
 public:
  explicit AnswerTable(Database& database) : database_(database) {}

  /// See AnswerShelf, whose transactions these are.
  absl::StatusOr<KeptAnswer> begin(const RequestKey& key, const std::string& digest,
                                   std::int64_t now);
  absl::Status keep(const RequestKey& key, int status, const std::string& body);
  absl::Status forget(const RequestKey& key);

  /// The request has started this session. Does nothing where the key is not known.
  absl::Status set_session(const RequestKey& key, const std::string& session_id);

 private:
  absl::StatusOr<std::optional<KeptAnswer>> find(const RequestKey& key);

  Database& database_;
};

}  // namespace focus::core::store
