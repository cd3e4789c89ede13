// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "store/postgres/pool.h"
#include "store/postgres/turns.h"
#include "store/shared_board.h"

namespace focus::core::store {

/// The board of work in PostgreSQL: the job of making a segment is the segment's row.
class PgWorkBoard final : public SharedBoard {
 public:
  explicit PgWorkBoard(PgPool& pool) : pool_(pool) {}

  absl::StatusOr<Claimed> claim(const ClaimRequest& request) override;
  /// Gives the claim, and the money that belongs to it, another lease of the length that was asked
  /// for, whatever the caller's clock says.
  absl::Status extend(const std::string& session_id, int index, std::int64_t epoch,
                      std::int64_t lease_until) override;
  absl::Status give_up(const std::string& session_id, int index, std::int64_t epoch) override;

  absl::Status want(const WantedSegments& wanted) override;
  absl::StatusOr<std::optional<NextClaim>> claim_next(const NextClaimRequest& request) override;
  absl::StatusOr<PaidClaim> claim_paid(const ClaimRequest& claim,
                                       const ReserveRequest& money) override;
  absl::StatusOr<int> fail(const std::string& session_id, int index, std::int64_t epoch) override;
  absl::StatusOr<bool> has_claims(const std::string& session_id) override;
  absl::Status note_heard(const std::string& session_id, int segment) override;
  absl::StatusOr<Heard> heard(const std::string& session_id) override;
  absl::Status note_node(const std::string& node, int plan_version) override;
  absl::Status adopt_plan(const std::string& session_id, int plan_version) override;

 private:
  PgPool& pool_;
  PgTurns turns_;
};

}  // namespace focus::core::store
