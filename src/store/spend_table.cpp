// SPDX-License-Identifier: MIT
#include "store/spend_table.h"

#include <utility>

#include "base/error.h"

namespace focus::core::store {
namespace {

/// The one number that a statement returns.
absl::StatusOr<std::int64_t> number_from(Statement select) {
  FOCUS_ASSIGN_OR_RETURN(const bool found, select.step());
  return found ? select.integer(0) : 0;
}

absl::StatusOr<Spend> spend_from(Statement select) {
  FOCUS_ASSIGN_OR_RETURN(const bool found, select.step());
  return found ? Spend{select.integer(0), select.integer(1)} : Spend{};
}

}  // namespace

absl::StatusOr<std::int64_t> SpendTable::settled_by(const std::string& session_id) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare("SELECT micros FROM settled_by_session WHERE session_id = ?"));
  return number_from(std::move(select.bind(session_id)));
}

absl::StatusOr<SpendTotal> SpendTable::total_of_day(const ReserveRequest& request) {
  SpendTotal total;
  FOCUS_ASSIGN_OR_RETURN(
      Statement settled,
      database_.prepare("SELECT micros FROM settled_on_day WHERE day = ? AND organization = ?"));
  settled.bind(request.day).bind(request.organization);
  FOCUS_ASSIGN_OR_RETURN(total.settled, number_from(std::move(settled)));
  FOCUS_ASSIGN_OR_RETURN(
      Statement holds,
      database_.prepare(
          "SELECT micros, node, lease_until FROM hold WHERE day = ? AND organization = ?"));
  holds.bind(request.day).bind(request.organization);
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, holds.step());
    if (!more) return total;
    SpendHold hold;
    hold.micros = holds.integer(0);
    hold.node = holds.text(1);
    hold.lease_until = holds.integer(2);
    total.count(hold, request);
  }
}

absl::StatusOr<SpendTable::Judgement> SpendTable::judge_now(const ReserveRequest& request) {
  SpendTotal of_session;
  FOCUS_ASSIGN_OR_RETURN(of_session.settled, settled_by(request.session_id));
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare("SELECT number, segment, organization, day, micros, node, lease_until "
                        "FROM hold WHERE session_id = ? ORDER BY number"));
  select.bind(request.session_id);
  Judgement judgement;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) break;
    SpendHold hold{select.integer(0), request.session_id, static_cast<int>(select.integer(1)),
                   select.text(2),    select.integer(3),  select.integer(4),
                   select.text(5),    select.integer(6)};
    of_session.count(hold, request);
    // Of several for the same segment one is taken over; the others stay as they are.
    const bool fits = hold.segment == request.segment && is_left_behind(hold, request);
    if (fits && !judgement.taken_over) judgement.taken_over = std::move(hold);
  }
  FOCUS_ASSIGN_OR_RETURN(const SpendTotal of_day, total_of_day(request));
  judgement.answer =
      judge(request, of_session, of_day, judgement.taken_over ? &*judgement.taken_over : nullptr);
  return judgement;
}

absl::StatusOr<SpendAnswer> SpendTable::foresee(const ReserveRequest& request) {
  FOCUS_ASSIGN_OR_RETURN(const Judgement judgement, judge_now(request));
  return judgement.answer;
}

absl::StatusOr<Reservation> SpendTable::reserve(const ReserveRequest& request) {
  // BEGIN IMMEDIATE takes the database's write lock before anything is read. So no other service,
  // whatever process it is in, can reserve between this judgement and its hold.
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::begin(database_));
  FOCUS_ASSIGN_OR_RETURN(const Judgement judgement, judge_now(request));
  if (judgement.answer != SpendAnswer::held) return Reservation{judgement.answer, 0};
  if (judgement.taken_over) FOCUS_RETURN_IF_ERROR(release(judgement.taken_over->number));
  FOCUS_ASSIGN_OR_RETURN(
      Statement insert,
      database_.prepare("INSERT INTO hold (session_id, segment, organization, day, micros, node, "
                        "lease_until) VALUES (?,?,?,?,?,?,?)"));
  FOCUS_RETURN_IF_ERROR(insert.bind(request.session_id)
                            .bind(std::int64_t{request.segment})
                            .bind(request.organization)
                            .bind(request.day)
                            .bind(request.micros)
                            .bind(request.node)
                            .bind(request.lease_until)
                            .run());
  FOCUS_ASSIGN_OR_RETURN(Statement last, database_.prepare("SELECT last_insert_rowid()"));
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t hold, number_from(std::move(last)));
  FOCUS_RETURN_IF_ERROR(transaction.commit());
  return Reservation{SpendAnswer::held, hold};
}

absl::Status SpendTable::settle(std::int64_t hold) {
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::begin(database_));
  SpendHold settled;
  {
    FOCUS_ASSIGN_OR_RETURN(
        Statement select,
        database_.prepare("SELECT session_id, organization, day, micros FROM hold "
                          "WHERE number = ?"));
    FOCUS_ASSIGN_OR_RETURN(const bool found, select.bind(hold).step());
    if (!found) return no_hold(hold);
    settled.session_id = select.text(0);
    settled.organization = select.text(1);
    settled.day = select.integer(2);
    settled.micros = select.integer(3);
  }
  FOCUS_ASSIGN_OR_RETURN(
      Statement by_session,
      database_.prepare("INSERT INTO settled_by_session (session_id, micros) VALUES (?,?) "
                        "ON CONFLICT DO UPDATE SET micros = micros + excluded.micros"));
  FOCUS_RETURN_IF_ERROR(by_session.bind(settled.session_id).bind(settled.micros).run());
  FOCUS_ASSIGN_OR_RETURN(
      Statement on_day,
      database_.prepare("INSERT INTO settled_on_day (day, organization, micros) VALUES (?,?,?) "
                        "ON CONFLICT DO UPDATE SET micros = micros + excluded.micros"));
  FOCUS_RETURN_IF_ERROR(
      on_day.bind(settled.day).bind(settled.organization).bind(settled.micros).run());
  FOCUS_RETURN_IF_ERROR(release(hold));
  return transaction.commit();
}

absl::Status SpendTable::release(std::int64_t hold) {
  FOCUS_ASSIGN_OR_RETURN(Statement erase, database_.prepare("DELETE FROM hold WHERE number = ?"));
  return erase.bind(hold).run();
}

absl::Status SpendTable::extend(std::int64_t hold, std::int64_t lease_until) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement update,
      database_.prepare("UPDATE hold SET lease_until = ? WHERE number = ? RETURNING number"));
  FOCUS_ASSIGN_OR_RETURN(const bool found, update.bind(lease_until).bind(hold).step());
  if (!found) return no_hold(hold);
  return update.run();
}

absl::StatusOr<Spend> SpendTable::spent_by(const std::string& session_id) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare(
          "SELECT (SELECT COALESCE(SUM(micros), 0) FROM hold WHERE session_id = ?), "
          "COALESCE((SELECT micros FROM settled_by_session WHERE session_id = ?), 0)"));
  return spend_from(std::move(select.bind(session_id).bind(session_id)));
}

absl::StatusOr<Spend> SpendTable::spent_on(const std::string& organization, std::int64_t day) {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         database_.prepare("SELECT (SELECT COALESCE(SUM(micros), 0) FROM hold "
                                           "WHERE day = ? AND organization = ?), "
                                           "COALESCE((SELECT micros FROM settled_on_day "
                                           "WHERE day = ? AND organization = ?), 0)"));
  return spend_from(std::move(select.bind(day).bind(organization).bind(day).bind(organization)));
}

absl::StatusOr<Spend> SpendTable::spent_on_day(std::int64_t day) {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare("SELECT (SELECT COALESCE(SUM(micros), 0) FROM hold WHERE day = ?), "
                        "(SELECT COALESCE(SUM(micros), 0) FROM settled_on_day WHERE day = ?)"));
  return spend_from(std::move(select.bind(day).bind(day)));
}

absl::Status SpendTable::release_all() { return database_.execute("DELETE FROM hold"); }

}  // namespace focus::core::store
