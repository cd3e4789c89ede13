// SPDX-License-Identifier: MIT
#include "store/message_table.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace focus::core::store {

absl::Status MessageTable::add(const Happening& happening, const std::string& address,
                               std::int64_t now) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement insert,
      database_.prepare("INSERT INTO message (address, kind, session_id, segment_index, detail, "
                        "organization, caller, happened_at, due_at) "
                        "SELECT ?, ?, id, ?, ?, organization, caller, ?, ? "
                        "FROM session WHERE id = ?"));
  return insert.bind(address)
      .bind(std::string(name_of(happening.kind)))
      .bind(std::int64_t{happening.segment_index})
      .bind(happening.detail)
      .bind(now)
      .bind(now)
      .bind(happening.session_id)
      .run();
}

absl::StatusOr<bool> MessageTable::note_complete(const std::string& session_id, int changes) {
  FOCUS_ASSIGN_OR_RETURN(Statement update,
                         database_.prepare("UPDATE session SET told_complete = ?1 "
                                           "WHERE id = ?2 AND told_complete < ?1 RETURNING id"));
  FOCUS_ASSIGN_OR_RETURN(const auto updated,
                         texts_of(std::move(update.bind(std::int64_t{changes}).bind(session_id))));
  return !updated.empty();
}

absl::StatusOr<std::optional<Message>> MessageTable::take(std::int64_t now, std::int64_t until) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement update,
      database_.prepare("UPDATE message SET due_at = ?, attempts = attempts + 1 WHERE number = "
                        "(SELECT number FROM message WHERE due_at <= ? "
                        "ORDER BY due_at, number LIMIT 1) "
                        "RETURNING number, address, kind, session_id, segment_index, detail, "
                        "organization, caller, happened_at, attempts"));
  FOCUS_ASSIGN_OR_RETURN(const bool found, update.bind(until).bind(now).step());
  if (!found) return std::optional<Message>();
  Message message;
  message.number = update.integer(0);
  message.address = update.text(1);
  const auto kind = message_kind_named(update.text(2));
  if (!kind) return damaged_catalogue("a message of a kind that never was");
  message.happening = {*kind, update.text(3), static_cast<int>(update.integer(4)), update.text(5)};
  message.organization = update.text(6);
  message.caller = update.text(7);
  message.happened_at = update.integer(8);
  message.attempts = static_cast<int>(update.integer(9));
  FOCUS_RETURN_IF_ERROR(update.step().status());  // SQLite commits at the last step
  return std::optional(std::move(message));
}

absl::Status MessageTable::remove(std::int64_t number) {
  FOCUS_ASSIGN_OR_RETURN(Statement erase,
                         database_.prepare("DELETE FROM message WHERE number = ?"));
  return erase.bind(number).run();
}

absl::Status MessageTable::put_off(std::int64_t number, std::int64_t due_at) {
  FOCUS_ASSIGN_OR_RETURN(Statement update,
                         database_.prepare("UPDATE message SET due_at = ? WHERE number = ?"));
  return update.bind(due_at).bind(number).run();
}

absl::StatusOr<std::int64_t> MessageTable::count() {
  FOCUS_ASSIGN_OR_RETURN(Statement select, database_.prepare("SELECT COUNT(*) FROM message"));
  FOCUS_RETURN_IF_ERROR(select.step().status());
  return select.integer(0);
}

absl::Status MessageTable::keep_newest(std::int64_t most) {
  // Numbers have gaps, so at most that many stay.
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase,
      database_.prepare(
          "DELETE FROM message WHERE number <= (SELECT MAX(number) FROM message) - ?"));
  return erase.bind(most).run();
}

absl::Status MessageTable::keep_only(const std::vector<std::string>& addresses) {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         database_.prepare("SELECT DISTINCT address FROM message"));
  FOCUS_ASSIGN_OR_RETURN(const auto kept, texts_of(std::move(select)));
  for (const std::string& address : kept) {
    if (std::find(addresses.begin(), addresses.end(), address) != addresses.end()) continue;
    FOCUS_ASSIGN_OR_RETURN(Statement erase,
                           database_.prepare("DELETE FROM message WHERE address = ?"));
    FOCUS_RETURN_IF_ERROR(erase.bind(address).run());
  }
  return absl::OkStatus();
}

}  // namespace focus::core::store
