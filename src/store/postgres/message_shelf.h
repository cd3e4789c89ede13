// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/message_receivers.h"
#include "store/message_shelf.h"
#include "store/postgres/pool.h"

namespace focus::core::store {

/// The messages of all nodes: each node keeps what happens by it, and any of them delivers. Every
/// node is given the same addresses. wait() is woken by what happens on this node; what another has
/// kept is found when the wait is over.
class PgMessageShelf final : public MessageShelf {
 public:
  explicit PgMessageShelf(PgPool& pool) : pool_(pool) {}

  absl::Status set_addresses(std::vector<std::string> addresses, const Clock& clock) override;
  absl::Status add(const Happening& happening) override;
  absl::Status add_complete(const std::string& session_id, int changes) override;
  absl::StatusOr<std::optional<Message>> take(std::int64_t now, std::int64_t until) override;
  void wait(std::chrono::milliseconds most) override { receivers_.wait(most); }
  absl::Status remove(std::int64_t number) override;
  absl::Status put_off(std::int64_t number, std::int64_t due_at) override;
  absl::StatusOr<std::int64_t> count() override;

  /// In the transaction that makes it true: keeps the happening for each address. Does nothing
  /// where nobody wants to be told, or where the session is gone.
  absl::Status keep(PgConnection& connection, const Happening& happening);
  /// Runs a change in which something may be kept, and wakes who waits once it is committed.
  absl::Status change(const PgPool::Body& body);
  /// See PgPool::change.
  absl::Status change(const PgPool::Body& body, PgPool::Body undo);

 private:
  PgPool& pool_;
  MessageReceivers receivers_;
};

}  // namespace focus::core::store
