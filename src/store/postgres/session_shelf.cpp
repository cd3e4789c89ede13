// SPDX-License-Identifier: MIT
#include "store/postgres/session_shelf.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "store/postgres/notice_text.h"
#include "store/postgres/orphans.h"
#include "store/postgres/request_text.h"
#include "store/records.h"

namespace focus::core::store {
namespace {

std::vector<std::string> first_column(const PgRows& rows) {
  std::vector<std::string> texts;
  for (int row = 0; row < rows.count(); ++row) texts.push_back(rows.text(row, 0));
  return texts;
}

plan::Change change_from(const PgRows& rows, int row) {
  plan::Change change;
  change.from = rows.integer(row, 0);
  plan::Steering& steering = change.steering;
  if (!rows.is_null(row, 1)) steering.goal = plan::goal_named(rows.text(row, 1));
  if (!rows.is_null(row, 2)) steering.intensity = plan::intensity_named(rows.text(row, 2));
  if (!rows.is_null(row, 3)) steering.divergence = rows.real(row, 3);
  if (!rows.is_null(row, 4)) steering.custom_prompt = rows.text(row, 4);
  if (!rows.is_null(row, 5)) steering.target_minutes = rows.small(row, 5);
  int column = 6;
  for (auto& level : steering.stem_db) {
    if (!rows.is_null(row, column)) level = rows.real(row, column);
    ++column;
  }
  if (!rows.is_null(row, column)) steering.scenes = rows.text(row, column);
  return change;
}

PgValues values_of(const std::string& id, int number, const plan::Change& change) {
  const plan::Steering& steering = change.steering;
  const auto name = [](const auto& value) {
    return value ? std::optional(std::string(name_of(*value))) : std::nullopt;
  };
  PgValues values = {id,
                     number,
                     change.from,
                     name(steering.goal),
                     name(steering.intensity),
                     steering.divergence,
                     steering.custom_prompt,
                     steering.target_minutes};
  for (const auto& level : steering.stem_db) values.emplace_back(level);
  values.emplace_back(steering.scenes);
  return values;
}

}  // namespace

absl::Status PgSessionShelf::add(const SessionRecord& session, const std::string& request_key) {
  const auto add = [&](PgConnection& connection) -> absl::Status {
    FOCUS_RETURN_IF_ERROR(
        connection
            .run("INSERT INTO session (id, created_at, touched_at, ended, stopped_cap, "
                 "plan_version, organization, caller, format, request) "
                 "VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9)",
                 {session.id, session.created_at, session.ended, session.stopped_cap,
                  session.plan_version, session.organization, session.caller,
                  std::string(name_of(session.request.format)), request_text(session.request)})
            .status());
    FOCUS_RETURN_IF_ERROR(messages_.keep(connection, {MessageKind::session_started, session.id}));
    if (request_key.empty()) return absl::OkStatus();
    // One request makes one session, even where a node that was taken for dead goes on.
    const PgValues key = {session.organization, session.caller, request_key};
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows answer,
        connection.run("SELECT session_id FROM answer WHERE organization = $1 AND caller = $2 "
                       "AND request_key = $3 FOR UPDATE",
                       key));
    if (answer.empty()) return absl::OkStatus();
    if (!answer.text(0, 0).empty()) {
      return conflict("request_key", "the request has started a session already");
    }
    return connection
        .run(
            "UPDATE answer SET session_id = $4 WHERE organization = $1 AND caller = $2 "
            "AND request_key = $3",
            {session.organization, session.caller, request_key, session.id})
        .status();
  };
  // Who is told that it could not be started does not know its name: nobody would ever want its
  // segments, or end it. A request with a key finds it when it comes again.
  return messages_.change(add, [this, id = session.id](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows known,
        connection.run("SELECT 1 FROM answer WHERE session_id = $1 LIMIT 1", {id}));
    if (!known.empty()) return absl::OkStatus();
    const absl::Status removed = remove_in(connection, id);
    return is_not_found(removed) ? absl::OkStatus() : removed;
  });
}

absl::StatusOr<SessionRecord> PgSessionShelf::find(const std::string& id) {
  SessionRecord record;
  const absl::Status done = pool_.read([&](PgConnection& connection) -> absl::Status {
    record = {};
    // One statement, so that the history is that of the row.
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows rows,
        connection.run("SELECT change.from_hundredths, change.goal, change.intensity, "
                       "change.divergence, change.custom_prompt, change.target_minutes, "
                       "change.pads_db, change.bass_db, change.melody_db, change.percussion_db, "
                       "change.ambience_db, change.scenes, session.created_at, session.ended, "
                       "session.stopped_cap, session.organization, session.caller, "
                       "session.plan_version, session.request "
                       "FROM session LEFT JOIN change ON change.session_id = session.id "
                       "WHERE session.id = $1 ORDER BY change.number",
                       {id}));
    if (rows.empty()) return no_session(id);
    record.id = id;
    record.created_at = rows.integer(0, 12);
    record.ended = rows.flag(0, 13);
    record.stopped_cap = rows.flag(0, 14);
    record.organization = rows.text(0, 15);
    record.caller = rows.text(0, 16);
    record.plan_version = rows.small(0, 17);
    FOCUS_ASSIGN_OR_RETURN(record.request, read_request_text(rows.text(0, 18)));
    for (int row = 0; row < rows.count(); ++row) {
      if (!rows.is_null(row, 0)) record.history.push_back(change_from(rows, row));
    }
    return absl::OkStatus();
  });
  FOCUS_RETURN_IF_ERROR(done);
  return record;
}

absl::StatusOr<std::vector<std::string>> PgSessionShelf::ids() {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows, pool_.read("SELECT id FROM session ORDER BY number"));
  return first_column(rows);
}

absl::StatusOr<std::vector<std::string>> PgSessionShelf::ids_of(const SessionQuery& query) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool_.read(
          "SELECT id FROM session WHERE organization = $1 AND caller = $2 AND "
          "($3 = '' OR number < COALESCE("
          "(SELECT number FROM session WHERE id = $3 AND organization = $1 AND "
          "caller = $2), "
          "(SELECT MAX(number) + 1 FROM session WHERE organization = $1 AND caller = $2 "
          "AND created_at <= $4))) ORDER BY number DESC LIMIT $5",
          {query.organization, query.caller, query.before, query.before_created_at, query.limit}));
  return first_column(rows);
}

absl::Status PgSessionShelf::set_ended(const std::string& id) {
  return set_final(id, "ended", MessageKind::session_ended);
}

absl::Status PgSessionShelf::set_stopped_cap(const std::string& id) {
  return set_final(id, "stopped_cap", MessageKind::session_stopped);
}

absl::Status PgSessionShelf::set_final(const std::string& id, const char* column,
                                       MessageKind kind) {
  return messages_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows session,
        connection.run(absl::StrCat("SELECT ", column, " FROM session WHERE id = $1 FOR UPDATE"),
                       {id}));
    if (session.empty()) return no_session(id);
    if (!session.flag(0, 0)) FOCUS_RETURN_IF_ERROR(messages_.keep(connection, {kind, id}));
    FOCUS_RETURN_IF_ERROR(
        connection.run(absl::StrCat("UPDATE session SET ", column, " = TRUE WHERE id = $1"), {id})
            .status());
    FOCUS_RETURN_IF_ERROR(connection.run(kPgRaiseRevision, {id}).status());
    // Nobody makes anything more of it.
    return connection
        .run("UPDATE segment SET due = NULL WHERE session_id = $1 AND due IS NOT NULL", {id})
        .status();
  });
}

absl::Status PgSessionShelf::add_change(const std::string& id, int number,
                                        const plan::Change& change, int first_gone) {
  return messages_.change([&](PgConnection& connection) -> absl::Status {
    // Locks the row: of several changes with one number, one finds its number free.
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows session,
        connection.run("SELECT changes FROM session WHERE id = $1 FOR UPDATE", {id}));
    if (session.empty()) return no_session(id);
    const int changes = session.small(0, 0);
    if (changes != number) return steered_meanwhile(changes, number);
    FOCUS_RETURN_IF_ERROR(
        connection.run("UPDATE session SET changes = changes + 1 WHERE id = $1", {id}).status());
    FOCUS_RETURN_IF_ERROR(
        connection
            .run("INSERT INTO change (session_id, number, from_hundredths, goal, intensity, "
                 "divergence, custom_prompt, target_minutes, pads_db, bass_db, melody_db, "
                 "percussion_db, ambience_db, scenes) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                 values_of(id, number, change))
            .status());
    // The rows go with their claims and what is wanted of them: work of the plan before can not be
    // completed. A hold of such a claim stays until its maker gives it back.
    FOCUS_RETURN_IF_ERROR(abandon_segments(connection, id, first_gone));
    FOCUS_RETURN_IF_ERROR(
        connection
            .run("DELETE FROM segment WHERE session_id = $1 AND number >= $2", {id, first_gone})
            .status());
    FOCUS_RETURN_IF_ERROR(connection
                              .run("UPDATE track SET segment_gone = TRUE "
                                   "WHERE session_id = $1 AND segment_index >= $2",
                                   {id, first_gone})
                              .status());
    FOCUS_RETURN_IF_ERROR(
        messages_.keep(connection, {MessageKind::session_steered, id, first_gone}));
    return connection.run(kPgRaiseRevision, {id}).status();
  });
}

absl::Status PgSessionShelf::remove(const std::string& id) {
  return messages_.change([&](PgConnection& connection) { return remove_in(connection, id); });
}

absl::Status PgSessionShelf::remove_in(PgConnection& connection, const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows raised, connection.run(kPgRaiseRevision, {id}));
  if (raised.empty()) return no_session(id);
  FOCUS_RETURN_IF_ERROR(messages_.keep(connection, {MessageKind::session_deleted, id}));
  FOCUS_RETURN_IF_ERROR(abandon_segments(connection, id, 0));
  return connection.run("DELETE FROM session WHERE id = $1", {id}).status();
}

absl::Status PgSessionShelf::touch(const std::string& id, std::int64_t unix_seconds) {
  return pool_.change("UPDATE session SET touched_at = $2 WHERE id = $1", {id, unix_seconds})
      .status();
}

absl::StatusOr<std::vector<std::string>> PgSessionShelf::untouched_since(
    std::int64_t unix_seconds) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool_.read("SELECT id FROM session WHERE GREATEST(created_at, touched_at) < $1 "
                 "ORDER BY number",
                 {unix_seconds}));
  return first_column(rows);
}

absl::StatusOr<std::int64_t> PgSessionShelf::revision(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows,
                         pool_.read("SELECT revision FROM session WHERE id = $1", {id}));
  if (rows.empty()) return no_session(id);
  return rows.integer(0, 0);
}

}  // namespace focus::core::store
