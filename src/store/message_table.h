// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"
#include "store/message_shelf.h"

namespace focus::core::store {

/// The catalogue's table of messages. Not thread-safe.
class MessageTable {
 public:
  explicit MessageTable(Database& database) : database_(database) {}

  /// One message for the address. Does nothing where the session is gone.
  absl::Status add(const Happening& happening, const std::string& address, std::int64_t now);
  /// Whether this is the first time that the session is complete after so many changes.
  absl::StatusOr<bool> note_complete(const std::string& session_id, int changes);
  /// See MessageShelf.
  absl::StatusOr<std::optional<Message>> take(std::int64_t now, std::int64_t until);
  absl::Status remove(std::int64_t number);
  absl::Status put_off(std::int64_t number, std::int64_t due_at);
  absl::StatusOr<std::int64_t> count();
  absl::Status keep_newest(std::int64_t most);
  /// Forgets what goes to any other address.
  absl::Status keep_only(const std::vector<std::string>& addresses);

 private:
  Database& database_;
};

}  // namespace focus::core::store
