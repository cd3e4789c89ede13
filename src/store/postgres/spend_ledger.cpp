// SPDX-License-Identifier: MIT
#include "store/postgres/spend_ledger.h"

#include <memory>
#include <optional>
#include <utility>

#include "base/error.h"
#include "store/postgres/money.h"
#include "store/spend_judgement.h"

namespace focus::core::store {

absl::StatusOr<Reservation> PgSpendLedger::reserve(const ReserveRequest& request) {
  const auto hold = std::make_shared<std::optional<std::int64_t>>();
  const auto body = [&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(*hold, hold_money(connection, request));
    return absl::OkStatus();
  };
  FOCUS_RETURN_IF_ERROR(pool_.change(body, [hold](PgConnection& connection) {
    return *hold ? release_money(connection, **hold).status() : absl::OkStatus();
  }));
  if (*hold) return Reservation{SpendAnswer::held, **hold};
  FOCUS_ASSIGN_OR_RETURN(const SpendAnswer why, foresee(request));
  // It may have come back since it was refused.
  return Reservation{why == SpendAnswer::held ? SpendAnswer::later : why, 0};
}

absl::StatusOr<SpendAnswer> PgSpendLedger::foresee(const ReserveRequest& request) {
  // Both accounts and all holds that count against either, at one moment.
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool_.read("SELECT " FOCUS_PG_NOW
                 ", COALESCE((SELECT settled FROM session_account WHERE session_id = $1), 0), "
                 "COALESCE((SELECT settled FROM day_account "
                 "WHERE day = $2 AND organization = $3), 0), "
                 "hold.number, hold.session_id, hold.segment, hold.organization, hold.day, "
                 "hold.micros, hold.node, hold.lease_until "
                 "FROM (SELECT 1) AS one LEFT JOIN hold "
                 "ON hold.session_id = $1 OR (hold.day = $2 AND hold.organization = $3) "
                 "ORDER BY hold.number",
                 {request.session_id, request.day, request.organization}));
  ReserveRequest asked = request;
  asked.now = rows.integer(0, 0);  // the clock that the leases were given by
  SpendTotal of_session;
  SpendTotal of_day;
  of_session.settled = rows.integer(0, 1);
  of_day.settled = rows.integer(0, 2);
  std::optional<SpendHold> taken_over;
  for (int row = 0; row < rows.count(); ++row) {
    if (rows.is_null(row, 3)) continue;
    const SpendHold hold{rows.integer(row, 3), rows.text(row, 4),    rows.small(row, 5),
                         rows.text(row, 6),    rows.integer(row, 7), rows.integer(row, 8),
                         rows.text(row, 9),    rows.integer(row, 10)};
    const bool is_of_session = hold.session_id == request.session_id;
    if (is_of_session) of_session.count(hold, asked);
    if (hold.day == request.day && hold.organization == request.organization) {
      of_day.count(hold, asked);
    }
    const bool fits =
        is_of_session && hold.segment == request.segment && is_left_behind(hold, asked);
    if (fits && !taken_over) taken_over = hold;
  }
  return judge(asked, of_session, of_day, taken_over ? &*taken_over : nullptr);
}

absl::Status PgSpendLedger::settle(std::int64_t hold) {
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(const bool found, settle_money(connection, hold));
    return found ? absl::OkStatus() : no_hold(hold);
  });
}

absl::Status PgSpendLedger::release(std::int64_t hold) {
  const auto body = [hold](PgConnection& connection) {
    return release_money(connection, hold).status();
  };
  absl::Status done = pool_.change(body);
  if (has_fault(done, Fault::unavailable))
    pool_.defer(body);  // the money would be held for an hour
  return done;
}

absl::Status PgSpendLedger::extend(std::int64_t hold, std::int64_t) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows,
                         pool_.change("UPDATE hold SET lease_until = lease_ms + " FOCUS_PG_NOW
                                      " WHERE number = $1 RETURNING 1",
                                      {hold}));
  return rows.empty() ? no_hold(hold) : absl::OkStatus();
}

absl::StatusOr<Spend> PgSpendLedger::spend(const std::string& sql, const PgValues& values) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows, pool_.read(sql, values));
  return rows.empty() ? Spend{} : Spend{rows.integer(0, 0), rows.integer(0, 1)};
}

absl::StatusOr<Spend> PgSpendLedger::spent_by(const std::string& session_id) {
  return spend("SELECT held, settled FROM session_account WHERE session_id = $1", {session_id});
}

absl::StatusOr<Spend> PgSpendLedger::spent_on(const std::string& organization, std::int64_t day) {
  return spend("SELECT held, settled FROM day_account WHERE day = $1 AND organization = $2",
               {day, organization});
}

absl::StatusOr<Spend> PgSpendLedger::spent_on_day(std::int64_t day) {
  return spend(
      "SELECT COALESCE(SUM(held), 0), COALESCE(SUM(settled), 0) FROM day_account WHERE day = $1",
      {day});
}

}  // namespace focus::core::store
