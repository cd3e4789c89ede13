// SPDX-License-Identifier: MIT
#include "store/postgres/money.h"

#include <string>

#include "base/error.h"

namespace focus::core::store {
namespace {

struct PgErasedHold {
  std::string session_id;
  std::string organization;
  std::int64_t day = 0;
  std::int64_t micros = 0;
};

/// Deletes the hold and subtracts it from both accounts. Returns nothing where there is no such
/// hold.
absl::StatusOr<std::optional<PgErasedHold>> erase_hold(PgConnection& connection,
                                                       std::int64_t hold) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows,
                         connection.run("DELETE FROM hold WHERE number = $1 "
                                        "RETURNING session_id, organization, day, micros",
                                        {hold}));
  if (rows.empty()) return std::optional<PgErasedHold>();
  PgErasedHold erased{rows.text(0, 0), rows.text(0, 1), rows.integer(0, 2), rows.integer(0, 3)};
  // The day first, then the session: the one order in which accounts are locked.
  FOCUS_RETURN_IF_ERROR(connection
                            .run("UPDATE day_account SET held = held - $3 "
                                 "WHERE day = $1 AND organization = $2",
                                 {erased.day, erased.organization, erased.micros})
                            .status());
  FOCUS_RETURN_IF_ERROR(
      connection
          .run("UPDATE session_account SET held = held - $2 WHERE session_id = $1",
               {erased.session_id, erased.micros})
          .status());
  return std::optional(std::move(erased));
}

/// Releases a hold of another node for the same segment, if there is one and its lease has ended.
absl::Status take_over(PgConnection& connection, const ReserveRequest& request) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows left,
      connection.run("SELECT number FROM hold WHERE session_id = $1 AND segment = $2 "
                     "AND node <> $3 AND lease_until <= " FOCUS_PG_NOW
                     " ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED",
                     {request.session_id, request.segment, request.node}));
  if (left.empty()) return absl::OkStatus();
  return erase_hold(connection, left.integer(0, 0)).status();
}

absl::StatusOr<std::optional<std::int64_t>> try_to_hold(PgConnection& connection,
                                                        const ReserveRequest& request) {
  FOCUS_RETURN_IF_ERROR(take_over(connection, request));
  FOCUS_RETURN_IF_ERROR(connection
                            .run("INSERT INTO day_account (day, organization) VALUES ($1, $2) "
                                 "ON CONFLICT DO NOTHING",
                                 {request.day, request.organization})
                            .status());
  FOCUS_RETURN_IF_ERROR(
      connection
          .run("INSERT INTO session_account (session_id) VALUES ($1) ON CONFLICT DO NOTHING",
               {request.session_id})
          .status());
  // The sums are numeric: they do not overflow.
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows of_day,
      connection.run("UPDATE day_account SET held = held + $3 WHERE day = $1 AND organization = $2 "
                     "AND ($4::bigint IS NULL OR settled::numeric + held + $3 <= $4) RETURNING 1",
                     {request.day, request.organization, request.micros, request.caps.day_micros}));
  if (of_day.empty()) return std::optional<std::int64_t>();
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows of_session,
      connection.run("UPDATE session_account SET held = held + $2 WHERE session_id = $1 "
                     "AND ($3::bigint IS NULL OR settled::numeric + held + $2 <= $3) RETURNING 1",
                     {request.session_id, request.micros, request.caps.session_micros}));
  if (of_session.empty()) return std::optional<std::int64_t>();
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows hold,
      connection.run("INSERT INTO hold (session_id, segment, organization, day, micros, node, "
                     "lease_ms, lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $7 + " FOCUS_PG_NOW
                     ") RETURNING number",
                     {request.session_id, request.segment, request.organization, request.day,
                      request.micros, request.node, request.lease_until - request.now}));
  return std::optional(hold.integer(0, 0));
}

}  // namespace

absl::StatusOr<std::optional<std::int64_t>> hold_money(PgConnection& connection,
                                                       const ReserveRequest& request) {
  FOCUS_RETURN_IF_ERROR(connection.execute("SAVEPOINT money"));
  FOCUS_ASSIGN_OR_RETURN(const std::optional<std::int64_t> hold, try_to_hold(connection, request));
  // One account may have taken the money before the other refused it.
  FOCUS_RETURN_IF_ERROR(
      connection.execute(hold ? "RELEASE money" : "ROLLBACK TO money; RELEASE money"));
  return hold;
}

absl::StatusOr<bool> settle_money(PgConnection& connection, std::int64_t hold) {
  FOCUS_ASSIGN_OR_RETURN(const std::optional<PgErasedHold> spent, erase_hold(connection, hold));
  if (!spent) return false;
  FOCUS_RETURN_IF_ERROR(connection
                            .run("UPDATE day_account SET settled = settled + $3 "
                                 "WHERE day = $1 AND organization = $2",
                                 {spent->day, spent->organization, spent->micros})
                            .status());
  FOCUS_RETURN_IF_ERROR(
      connection
          .run("UPDATE session_account SET settled = settled + $2 WHERE session_id = $1",
               {spent->session_id, spent->micros})
          .status());
  return true;
}

absl::StatusOr<bool> release_money(PgConnection& connection, std::int64_t hold) {
  FOCUS_ASSIGN_OR_RETURN(const std::optional<PgErasedHold> erased, erase_hold(connection, hold));
  return erased.has_value();
}

}  // namespace focus::core::store
