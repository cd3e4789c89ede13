// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/message_shelf.h"
#include "store/shared_catalogue.h"

namespace focus::core::store {

/// In a table of a catalogue, which itself writes down most of what happens.
class SqliteMessageShelf final : public MessageShelf {
 public:
  explicit SqliteMessageShelf(SharedCatalogue& shared) : shared_(shared) {}

  absl::Status set_addresses(std::vector<std::string> addresses, const Clock& clock) override;
  absl::Status add(const Happening& happening) override;
  absl::Status add_complete(const std::string& session_id, int changes) override;
  absl::StatusOr<std::optional<Message>> take(std::int64_t now, std::int64_t until) override;
  void wait(std::chrono::milliseconds most) override;
  absl::Status remove(std::int64_t number) override;
  absl::Status put_off(std::int64_t number, std::int64_t due_at) override;
  absl::StatusOr<std::int64_t> count() override;

 private:
  SharedCatalogue& shared_;
};

}  // namespace focus::core::store
