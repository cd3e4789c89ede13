// SPDX-License-Identifier: MIT
#include "store/postgres/next_claim.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "store/postgres/money.h"

namespace focus::core::store {
namespace {

/// A wanted segment whose row the transaction has locked.
struct PgNext {
  NextClaim claim;
  std::string organization;
  std::int64_t micros = 0;
};

/// Segments whose maker's lease has ended are planned again. A maker that was only late may still
/// complete one that nobody has claimed since, unless it costs something: its money is given back,
/// so that a dead node's holds keep nobody below a cap. What other transactions have locked is left
/// to them.
absl::Status end_dead_claims(PgConnection& connection) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows held,
      connection.run("WITH dead AS (SELECT session_id, number, hold FROM segment "
                     "WHERE state = 1 AND lease_until <= " FOCUS_PG_NOW
                     " ORDER BY lease_until LIMIT 100 FOR UPDATE SKIP LOCKED), "
                     "ended AS (UPDATE segment AS s SET state = 0, failures = failures + 1, "
                     "epoch = CASE WHEN dead.hold IS NULL THEN s.epoch ELSE 0 END, hold = NULL "
                     "FROM dead WHERE s.session_id = dead.session_id AND s.number = dead.number) "
                     "SELECT hold FROM dead WHERE hold IS NOT NULL ORDER BY hold"));
  for (int row = 0; row < held.count(); ++row) {
    FOCUS_RETURN_IF_ERROR(release_money(connection, held.integer(row, 0)).status());
  }
  return absl::OkStatus();
}

/// Whose segments may be next.
struct PgAmong {
  std::optional<PgOwner> owner;  ///< of this one alone
  bool runs_dry = false;         ///< of those that a listener is about to miss alone
};

/// `passed_over` are the sessions that could not be paid for.
absl::StatusOr<std::optional<PgNext>> lock_next(PgConnection& connection,
                                                const NextClaimRequest& request,
                                                const PgAmong& among,
                                                const std::vector<std::string>& passed_over) {
  std::vector<std::string> keys;
  std::vector<std::string> versions;
  for (const EngineOfNode& engine : request.engines) {
    keys.push_back(engine.key);
    versions.push_back(engine.version);
  }
  static const std::string kNext = absl::StrCat(
      "SELECT s.session_id, s.number, s.changes, s.failures, s.due - " FOCUS_PG_NOW
      ", s.micros, s.wanted_engine, s.wanted_fallback, s.organization FROM segment AS s WHERE "
      "s.state = 0 AND s.due IS NOT NULL AND s.plan_version = $1 "
      "AND s.session_id <> ALL ($4::text[]) AND (s.micros = 0 OR $5 OR s.failures >= ",
      SharedBoard::kMostFailures, ") AND EXISTS (SELECT 1 FROM unnest($2::text[], $3::text[]) ",
      "AS e(key, version) WHERE CASE WHEN s.failures >= ", SharedBoard::kMostFailures,
      " THEN e.key = s.wanted_fallback ELSE e.key = s.wanted_engine AND "
      "(e.version = s.wanted_version OR s.due <= ",
      SharedBoard::kAnyVersionMs, " + " FOCUS_PG_NOW ") END) ",
      "AND (NOT s.in_order OR s.number = 0 OR EXISTS (SELECT 1 FROM segment AS p "
      "WHERE p.session_id = s.session_id AND p.number = s.number - 1 AND p.state = 2)) "
      "AND (s.micros = 0 OR NOT EXISTS (SELECT 1 FROM segment AS p "
      "WHERE p.session_id = s.session_id AND p.number < s.number AND p.state = 0 "
      "AND p.due IS NOT NULL)) ");
  PgValues values = {request.plan_version, keys, versions, passed_over, request.caps != nullptr};
  const char* of_these = "";
  if (among.owner) {
    of_these = "AND s.organization = $6 AND s.caller = $7 ";
    values.emplace_back(among.owner->organization);
    values.emplace_back(among.owner->caller);
  } else if (among.runs_dry) {
    of_these = "AND s.is_heard AND s.due <= $6 + " FOCUS_PG_NOW " ";
    values.emplace_back(SharedBoard::kRunsDryMs);
  }
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      connection.run(
          absl::StrCat(kNext, of_these, "ORDER BY s.due LIMIT 1 FOR UPDATE OF s SKIP LOCKED"),
          values));
  if (rows.empty()) return std::optional<PgNext>();
  PgNext next;
  NextClaim& claim = next.claim;
  claim.session_id = rows.text(0, 0);
  claim.index = rows.small(0, 1);
  claim.changes = rows.small(0, 2);
  claim.failures = rows.small(0, 3);
  claim.needed_in_ms = rows.integer(0, 4);
  claim.is_fallback = claim.failures >= SharedBoard::kMostFailures;
  claim.engine = rows.text(0, claim.is_fallback ? 7 : 6);
  next.micros = claim.is_fallback ? 0 : rows.integer(0, 5);
  next.organization = rows.text(0, 8);
  return std::optional(std::move(next));
}

/// Holds the money of a segment. False where it is not there.
absl::StatusOr<bool> pay_for(PgConnection& connection, const NextClaimRequest& request,
                             PgNext& next) {
  if (next.micros == 0) return true;
  ReserveRequest money;
  money.session_id = next.claim.session_id;
  money.segment = next.claim.index;
  money.organization = next.organization;
  money.day = request.day;
  money.micros = next.micros;
  money.caps = request.caps(next.organization);
  money.node = request.node;
  money.lease_until = request.hold_ms;
  FOCUS_ASSIGN_OR_RETURN(const auto hold, hold_money(connection, money));
  next.claim.hold = hold.value_or(0);
  return hold.has_value();
}

/// The next claim of these segments. Adds to `passed_over` what can not be paid for.
absl::StatusOr<std::optional<NextClaim>> claim_among(PgConnection& connection,
                                                     const NextClaimRequest& request,
                                                     const PgAmong& among,
                                                     std::vector<std::string>& passed_over) {
  constexpr int kMostPassedOver = 16;
  for (int passed = 0; passed < kMostPassedOver; ++passed) {
    FOCUS_ASSIGN_OR_RETURN(auto next, lock_next(connection, request, among, passed_over));
    if (!next) break;
    FOCUS_ASSIGN_OR_RETURN(const bool is_paid, pay_for(connection, request, *next));
    if (!is_paid) {
      passed_over.push_back(next->claim.session_id);
      continue;
    }
    NextClaim& claim = next->claim;
    FOCUS_ASSIGN_OR_RETURN(claim.epoch, begin_claim(connection, claim.session_id, claim.index,
                                                    request.node, request.lease_ms));
    if (claim.hold != 0) {
      FOCUS_RETURN_IF_ERROR(
          connection
              .run("UPDATE segment SET hold = $3 WHERE session_id = $1 AND number = $2",
                   {claim.session_id, claim.index, claim.hold})
              .status());
      // The segment after it may be claimed from now on.
      FOCUS_RETURN_IF_ERROR(connection.run("SELECT pg_notify('focus_work', '')").status());
    }
    return std::optional(std::move(claim));
  }
  return std::optional<NextClaim>();
}

/// The next claim of an owner whose turn it is.
absl::StatusOr<std::optional<NextClaim>> claim_in_turn(PgConnection& connection,
                                                       const NextClaimRequest& request,
                                                       PgTurns& turns,
                                                       std::vector<std::string>& passed_over) {
  constexpr int kMostTurns = 16;
  std::vector<PgOwner> asked;
  for (int turn = 0; turn < kMostTurns; ++turn) {
    FOCUS_ASSIGN_OR_RETURN(auto owner, turns.next(connection));
    if (!owner || std::find(asked.begin(), asked.end(), *owner) != asked.end()) break;
    asked.push_back(*owner);
    FOCUS_ASSIGN_OR_RETURN(
        auto claim, claim_among(connection, request, {std::move(owner), false}, passed_over));
    if (claim) return claim;
  }
  return std::optional<NextClaim>();
}

}  // namespace

absl::StatusOr<std::optional<NextClaim>> claim_next_in(PgConnection& connection,
                                                       const NextClaimRequest& request,
                                                       PgTurns& turns) {
  FOCUS_RETURN_IF_ERROR(end_dead_claims(connection));
  std::vector<std::string> passed_over;
  FOCUS_ASSIGN_OR_RETURN(auto next, claim_among(connection, request, {{}, true}, passed_over));
  if (next) return next;
  FOCUS_ASSIGN_OR_RETURN(next, claim_in_turn(connection, request, turns, passed_over));
  if (next) return next;
  // Where many owners have nothing for this node, it does not look for the others one by one.
  return claim_among(connection, request, {}, passed_over);
}

absl::StatusOr<std::int64_t> begin_claim(PgConnection& connection, const std::string& session_id,
                                         int index, const std::string& node,
                                         std::int64_t lease_ms) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows claimed,
      connection.run("UPDATE segment SET state = 1, epoch = nextval('epoch'), node = $3, "
                     "lease_ms = $4, lease_until = $4 + " FOCUS_PG_NOW ", hold = NULL "
                     "WHERE session_id = $1 AND number = $2 RETURNING epoch",
                     {session_id, index, node, lease_ms}));
  return claimed.integer(0, 0);
}

}  // namespace focus::core::store
