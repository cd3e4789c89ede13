// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "store/postgres/message_shelf.h"
#include "store/postgres/pool.h"
#include "store/session_shelf.h"

namespace focus::core::store {

/// The sessions in PostgreSQL. What a method has written survives a power cut as well, where the
/// database is set so (synchronous_commit).
///
/// Lock order of all transactions: the session's row, its segments, holds, accounts. Only the claim
/// of the next segment (PgWorkBoard) begins with a segment, and locks no session.
class PgSessionShelf final : public SessionShelf {
 public:
  PgSessionShelf(PgPool& pool, PgMessageShelf& messages) : pool_(pool), messages_(messages) {}

  absl::Status add(const SessionRecord& session, const std::string& request_key) override;
  absl::StatusOr<SessionRecord> find(const std::string& id) override;
  absl::StatusOr<std::vector<std::string>> ids() override;
  absl::StatusOr<std::vector<std::string>> ids_of(const SessionQuery& query) override;
  absl::Status set_ended(const std::string& id) override;
  absl::Status set_stopped_cap(const std::string& id) override;
  absl::Status add_change(const std::string& id, int number, const plan::Change& change,
                          int first_gone) override;
  absl::Status remove(const std::string& id) override;
  absl::Status touch(const std::string& id, std::int64_t unix_seconds) override;
  absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds) override;
  absl::StatusOr<std::int64_t> revision(const std::string& id) override;

 private:
  absl::Status set_final(const std::string& id, const char* column, MessageKind kind);
  absl::Status remove_in(PgConnection& connection, const std::string& id);

  PgPool& pool_;
  PgMessageShelf& messages_;
};

}  // namespace focus::core::store
