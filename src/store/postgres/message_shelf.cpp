// SPDX-License-Identifier: MIT
#include "store/postgres/message_shelf.h"

#include <utility>

#include "base/error.h"

namespace focus::core::store {

absl::Status PgMessageShelf::change(const PgPool::Body& body) {
  FOCUS_RETURN_IF_ERROR(pool_.change(body));
  receivers_.ring();
  return absl::OkStatus();
}

absl::Status PgMessageShelf::change(const PgPool::Body& body, PgPool::Body undo) {
  FOCUS_RETURN_IF_ERROR(pool_.change(body, std::move(undo)));
  receivers_.ring();
  return absl::OkStatus();
}

absl::Status PgMessageShelf::keep(PgConnection& connection, const Happening& happening) {
  const auto receivers = receivers_.choice();
  if (!receivers) return absl::OkStatus();
  FOCUS_RETURN_IF_ERROR(
      connection
          .run("INSERT INTO message (address, kind, session_id, segment_index, detail, "
               "organization, caller, happened_at, due_at) "
               "SELECT address, $2, id, $3, $4, organization, caller, $5, $5 "
               "FROM session, unnest($6::text[]) AS address WHERE id = $1",
               {happening.session_id, std::string(name_of(happening.kind)), happening.segment_index,
                happening.detail, receivers->clock->unix_seconds(), receivers->addresses})
          .status());
  // Numbers have gaps, so at most that many stay.
  return connection
      .run("DELETE FROM message WHERE number <= (SELECT MAX(number) FROM message) - $1",
           {MessageShelf::kMostMessages})
      .status();
}

absl::Status PgMessageShelf::set_addresses(std::vector<std::string> addresses, const Clock& clock) {
  FOCUS_RETURN_IF_ERROR(
      pool_.change("DELETE FROM message WHERE address <> ALL ($1::text[])", {addresses}).status());
  receivers_.choose(std::move(addresses), clock);
  return absl::OkStatus();
}

absl::Status PgMessageShelf::add(const Happening& happening) {
  if (!receivers_.choice()) return absl::OkStatus();
  return change([&](PgConnection& connection) { return keep(connection, happening); });
}

absl::Status PgMessageShelf::add_complete(const std::string& session_id, int changes) {
  if (!receivers_.choice()) return absl::OkStatus();
  return change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(const PgRows is_new,
                           connection.run("UPDATE session SET told_complete = $2 "
                                          "WHERE id = $1 AND told_complete < $2 RETURNING 1",
                                          {session_id, changes}));
    if (is_new.empty()) return absl::OkStatus();
    return keep(connection, {MessageKind::session_complete, session_id});
  });
}

absl::StatusOr<std::optional<Message>> PgMessageShelf::take(std::int64_t now, std::int64_t until) {
  // A message of a kind that a newer build has added is left to that build.
  std::vector<std::string> kinds;
  for (int kind = 0; kind <= static_cast<int>(MessageKind::track_kept); ++kind) {
    kinds.emplace_back(name_of(static_cast<MessageKind>(kind)));
  }
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool_.change("UPDATE message SET due_at = $2, attempts = attempts + 1 WHERE number = "
                   "(SELECT number FROM message WHERE due_at <= $1 AND kind = ANY ($3::text[]) "
                   "ORDER BY due_at, number LIMIT 1 FOR UPDATE SKIP LOCKED) "
                   "RETURNING number, address, kind, session_id, segment_index, detail, "
                   "organization, caller, happened_at, attempts",
                   {now, until, kinds}));
  if (rows.empty()) return std::optional<Message>();
  Message message;
  message.number = rows.integer(0, 0);
  message.address = rows.text(0, 1);
  const auto kind = message_kind_named(rows.text(0, 2));
  if (!kind) return internal_error("a message of a kind that was not asked for");
  message.happening = {*kind, rows.text(0, 3), rows.small(0, 4), rows.text(0, 5)};
  message.organization = rows.text(0, 6);
  message.caller = rows.text(0, 7);
  message.happened_at = rows.integer(0, 8);
  message.attempts = rows.small(0, 9);
  return std::optional(std::move(message));
}

absl::Status PgMessageShelf::remove(std::int64_t number) {
  return pool_.change("DELETE FROM message WHERE number = $1", {number}).status();
}

absl::Status PgMessageShelf::put_off(std::int64_t number, std::int64_t due_at) {
  return pool_.change("UPDATE message SET due_at = $2 WHERE number = $1", {number, due_at})
      .status();
}

absl::StatusOr<std::int64_t> PgMessageShelf::count() {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows, pool_.read("SELECT COUNT(*) FROM message"));
  return rows.integer(0, 0);
}

}  // namespace focus::core::store
