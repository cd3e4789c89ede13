// SPDX-License-Identifier: MIT
#include "store/postgres/work_board.h"

#include <memory>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "store/postgres/money.h"
#include "store/postgres/next_claim.h"
#include "store/postgres/notice_text.h"
#include "store/postgres/orphans.h"
#include "store/postgres/spend_ledger.h"
#include "store/records.h"

namespace focus::core::store {
namespace {

/// A node that was last seen longer ago than this, in milliseconds, counts as gone.
#define FOCUS_PG_NODE_MS "60000"

/// What a segment's row says of its claim.
enum PgSegmentState { kPlanned = 0, kBeingMade = 1, kReady = 2 };

absl::StatusOr<std::int64_t> claim_in(PgConnection& connection, const ClaimRequest& request) {
  // Shared, so that the session is not steered in between, and claims of its other segments do not
  // wait for this one.
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows session,
      connection.run("SELECT changes FROM session WHERE id = $1 FOR SHARE", {request.session_id}));
  if (session.empty()) return no_session(request.session_id);
  const int changes = session.small(0, 0);
  if (changes != request.changes) return steered_meanwhile(changes, request.changes);
  FOCUS_RETURN_IF_ERROR(connection
                            .run("INSERT INTO segment (session_id, number, changes) "
                                 "VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                                 {request.session_id, request.index, changes})
                            .status());
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows segment,
      connection.run("SELECT state, node, lease_until <= " FOCUS_PG_NOW
                     ", hold FROM segment WHERE session_id = $1 AND number = $2 FOR UPDATE",
                     {request.session_id, request.index}));
  if (segment.empty()) return conflict("claim", "the segment was forgotten just now; try again");
  const int state = segment.small(0, 0);
  if (state == kReady) return ready_already(request.index);
  const bool has_ended = segment.flag(0, 2);
  const bool is_own = request.take_over && segment.text(0, 1) == request.node;
  if (state == kBeingMade && !has_ended && !is_own) return claimed_already(request.index);
  if (!segment.is_null(0, 3)) {
    FOCUS_RETURN_IF_ERROR(release_money(connection, segment.integer(0, 3)).status());
  }
  return begin_claim(connection, request.session_id, request.index, request.node,
                     request.lease_until - request.now);
}

/// Ends the claim, with the money that is held for it. False where the epoch is no longer current.
absl::StatusOr<bool> end_claim(PgConnection& connection, const std::string& session_id, int index,
                               std::int64_t epoch) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows ended,
      connection.run("SELECT hold FROM segment WHERE session_id = $1 AND number = $2 "
                     "AND epoch = $3 AND state = 1 FOR UPDATE",
                     {session_id, index, epoch}));
  if (ended.empty()) return false;
  FOCUS_RETURN_IF_ERROR(connection
                            .run("UPDATE segment SET state = 0, epoch = 0, hold = NULL "
                                 "WHERE session_id = $1 AND number = $2",
                                 {session_id, index})
                            .status());
  if (!ended.is_null(0, 0)) {
    FOCUS_RETURN_IF_ERROR(release_money(connection, ended.integer(0, 0)).status());
  }
  return true;
}

/// A claim that a transaction has taken, which does not know whether it was committed.
struct PgDoubtfulClaim {
  std::string session_id;
  int index = 0;
  std::int64_t epoch = 0;
};

/// Takes it back, so that no lease has to end before another node makes the segment.
PgPool::Body end_of(std::shared_ptr<const PgDoubtfulClaim> claim) {
  return [claim = std::move(claim)](PgConnection& connection) {
    return end_claim(connection, claim->session_id, claim->index, claim->epoch).status();
  };
}

}  // namespace

absl::StatusOr<Claimed> PgWorkBoard::claim(const ClaimRequest& request) {
  const auto taken = std::make_shared<PgDoubtfulClaim>();
  taken->session_id = request.session_id;
  taken->index = request.index;
  const auto body = [&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(taken->epoch, claim_in(connection, request));
    return absl::OkStatus();
  };
  FOCUS_RETURN_IF_ERROR(pool_.change(body, end_of(taken)));
  return Claimed{taken->epoch};
}

absl::StatusOr<PaidClaim> PgWorkBoard::claim_paid(const ClaimRequest& claim,
                                                  const ReserveRequest& money) {
  PaidClaim paid;
  const auto taken = std::make_shared<PgDoubtfulClaim>();
  taken->session_id = claim.session_id;
  taken->index = claim.index;
  const auto body = [&](PgConnection& connection) -> absl::Status {
    paid = {};
    FOCUS_ASSIGN_OR_RETURN(taken->epoch, claim_in(connection, claim));
    paid.epoch = taken->epoch;
    FOCUS_ASSIGN_OR_RETURN(const auto hold, hold_money(connection, money));
    if (!hold) return cancelled_error();  // and the claim is rolled back
    paid.hold = *hold;
    return connection
        .run("UPDATE segment SET hold = $3 WHERE session_id = $1 AND number = $2",
             {claim.session_id, claim.index, paid.hold})
        .status();
  };
  const absl::Status done = pool_.change(body, end_of(taken));
  if (is_cancelled(done)) {
    FOCUS_ASSIGN_OR_RETURN(const SpendAnswer why, PgSpendLedger(pool_).foresee(money));
    // It may have come back since it was refused.
    return PaidClaim{why == SpendAnswer::held ? SpendAnswer::later : why, 0, 0};
  }
  FOCUS_RETURN_IF_ERROR(done);
  paid.answer = SpendAnswer::held;
  return paid;
}

absl::Status PgWorkBoard::extend(const std::string& session_id, int index, std::int64_t epoch,
                                 std::int64_t) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows extended,
      pool_.change("WITH claim AS (UPDATE segment SET lease_until = lease_ms + " FOCUS_PG_NOW
                   " WHERE session_id = $1 AND number = $2 AND epoch = $3 AND state = 1 "
                   "RETURNING hold), "
                   "money AS (UPDATE hold SET lease_until = lease_ms + " FOCUS_PG_NOW
                   " WHERE number = (SELECT hold FROM claim)) "
                   "SELECT 1 FROM claim",
                   {session_id, index, epoch}));
  return extended.empty() ? claim_lost(index) : absl::OkStatus();
}

absl::Status PgWorkBoard::give_up(const std::string& session_id, int index, std::int64_t epoch) {
  const auto end =
      end_of(std::make_shared<PgDoubtfulClaim>(PgDoubtfulClaim{session_id, index, epoch}));
  absl::Status done = pool_.change(end);
  if (has_fault(done, Fault::unavailable)) pool_.defer(end);
  return done;
}

absl::StatusOr<int> PgWorkBoard::fail(const std::string& session_id, int index,
                                      std::int64_t epoch) {
  int failures = 0;
  const absl::Status done = pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(const bool ended, end_claim(connection, session_id, index, epoch));
    if (!ended) return claim_lost(index);
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows counted,
        connection.run("UPDATE segment SET failures = failures + 1 "
                       "WHERE session_id = $1 AND number = $2 RETURNING failures",
                       {session_id, index}));
    failures = counted.small(0, 0);
    return absl::OkStatus();
  });
  if (has_fault(done, Fault::unavailable)) {  // then it is given up, and not counted
    pool_.defer(
        end_of(std::make_shared<PgDoubtfulClaim>(PgDoubtfulClaim{session_id, index, epoch})));
  }
  FOCUS_RETURN_IF_ERROR(done);
  return failures;
}

// ---- what is wanted

absl::Status PgWorkBoard::want(const WantedSegments& wanted) {
  std::vector<int> numbers;
  std::vector<std::int64_t> needed;
  std::vector<std::int64_t> micros;
  for (const WantedSegment& segment : wanted.segments) {
    numbers.push_back(segment.index);
    needed.push_back(segment.needed_in_ms);
    micros.push_back(segment.micros);
  }
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows session,
        connection.run("SELECT changes, ended OR stopped_cap, organization, caller FROM session "
                       "WHERE id = $1 FOR SHARE",
                       {wanted.session_id}));
    if (session.empty()) return no_session(wanted.session_id);
    const int changes = session.small(0, 0);
    if (changes != wanted.changes) return steered_meanwhile(changes, wanted.changes);
    FOCUS_RETURN_IF_ERROR(connection
                              .run("UPDATE segment SET due = NULL WHERE session_id = $1 AND "
                                   "state < 2 AND due IS NOT NULL AND number <> ALL ($2::int[])",
                                   {wanted.session_id, numbers})
                              .status());
    if (numbers.empty() || session.flag(0, 1)) return absl::OkStatus();
    // In the order of their numbers, in which every transaction locks the segments of a session.
    return connection
        .run(
            "WITH asked AS (INSERT INTO segment AS old (session_id, number, due, wanted_engine, "
            "wanted_version, wanted_fallback, plan_version, changes, in_order, micros, "
            "organization, caller, is_heard) "
            "SELECT $1, w.number, w.needed + " FOCUS_PG_NOW
            ", $5, $6, $7, $8, $9, $10, w.micros, $11, $12, $13 "
            "FROM unnest($2::int[], $3::bigint[], $4::bigint[]) AS w(number, needed, micros) "
            "ORDER BY w.number "
            "ON CONFLICT (session_id, number) DO UPDATE SET due = EXCLUDED.due, "
            "wanted_engine = EXCLUDED.wanted_engine, wanted_version = EXCLUDED.wanted_version, "
            "wanted_fallback = EXCLUDED.wanted_fallback, plan_version = EXCLUDED.plan_version, "
            "changes = EXCLUDED.changes, in_order = EXCLUDED.in_order, micros = EXCLUDED.micros, "
            "organization = EXCLUDED.organization, caller = EXCLUDED.caller, "
            "is_heard = EXCLUDED.is_heard "
            "WHERE old.state < 2 RETURNING old.state) "
            "SELECT pg_notify('focus_work', '') FROM asked WHERE state = 0 LIMIT 1",
            {wanted.session_id, numbers, needed, micros, wanted.engine, wanted.engine_version,
             wanted.fallback, wanted.plan_version, changes, wanted.in_order, session.text(0, 2),
             session.text(0, 3), wanted.is_heard})
        .status();
  });
}

absl::StatusOr<std::optional<NextClaim>> PgWorkBoard::claim_next(const NextClaimRequest& request) {
  std::optional<NextClaim> next;
  const auto taken = std::make_shared<PgDoubtfulClaim>();
  const auto body = [&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(next, claim_next_in(connection, request, turns_));
    if (next) *taken = {next->session_id, next->index, next->epoch};
    return absl::OkStatus();
  };
  FOCUS_RETURN_IF_ERROR(pool_.change(body, end_of(taken)));
  return next;
}

// ---- listeners and nodes

absl::StatusOr<bool> PgWorkBoard::has_claims(const std::string& session_id) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows,
                         pool_.read("SELECT 1 FROM segment WHERE session_id = $1 AND state = 1 "
                                    "AND lease_until > " FOCUS_PG_NOW " LIMIT 1",
                                    {session_id}));
  return !rows.empty();
}

absl::Status PgWorkBoard::note_heard(const std::string& session_id, int segment) {
  return pool_
      .change("UPDATE session SET heard = $2, heard_ms = " FOCUS_PG_NOW
              " WHERE id = $1 AND heard < $2",
              {session_id, segment})
      .status();
}

absl::StatusOr<SharedBoard::Heard> PgWorkBoard::heard(const std::string& session_id) {
  FOCUS_ASSIGN_OR_RETURN(const PgRows rows, pool_.read("SELECT heard, " FOCUS_PG_NOW
                                                       " - heard_ms FROM session WHERE id = $1",
                                                       {session_id}));
  if (rows.empty()) return no_session(session_id);
  Heard heard;
  heard.segment = rows.small(0, 0);
  heard.ago_ms = heard.segment < 0 ? 0 : rows.integer(0, 1);
  return heard;
}

absl::Status PgWorkBoard::note_node(const std::string& node, int plan_version) {
  return pool_
      .change("INSERT INTO node (name, plan_version, seen) VALUES ($1, $2, " FOCUS_PG_NOW
              ") ON CONFLICT (name) DO UPDATE SET plan_version = EXCLUDED.plan_version, "
              "seen = EXCLUDED.seen",
              {node, plan_version})
      .status();
}

absl::Status PgWorkBoard::adopt_plan(const std::string& session_id, int plan_version) {
  return pool_.change([&](PgConnection& connection) -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(
        const PgRows session,
        connection.run("SELECT plan_version FROM session WHERE id = $1 FOR UPDATE", {session_id}));
    if (session.empty()) return no_session(session_id);
    const int has = session.small(0, 0);
    if (has == plan_version) return absl::OkStatus();
    FOCUS_ASSIGN_OR_RETURN(const PgRows alive,
                           connection.run("SELECT 1 FROM node WHERE plan_version = $1 AND "
                                          "seen > " FOCUS_PG_NOW " - " FOCUS_PG_NODE_MS " LIMIT 1",
                                          {has}));
    if (!alive.empty()) {
      return conflict(
          "plan_version",
          absl::StrCat("the session is planned by version ", has,
                       ", by which other nodes still work; this node plans by ", plan_version));
    }
    FOCUS_RETURN_IF_ERROR(abandon_segments(connection, session_id, 0));
    FOCUS_RETURN_IF_ERROR(
        connection.run("DELETE FROM segment WHERE session_id = $1", {session_id}).status());
    FOCUS_RETURN_IF_ERROR(
        connection
            .run("UPDATE session SET plan_version = $2 WHERE id = $1", {session_id, plan_version})
            .status());
    FOCUS_RETURN_IF_ERROR(
        connection.run("UPDATE track SET segment_gone = TRUE WHERE session_id = $1", {session_id})
            .status());
    return connection.run(kPgRaiseRevision, {session_id}).status();
  });
}

}  // namespace focus::core::store
