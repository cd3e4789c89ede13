// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <absl/status/statusor.h>

#include "store/postgres/turns.h"
#include "store/shared_board.h"

namespace focus::core::store {

/// See SharedBoard::claim_next. In the caller's transaction.
absl::StatusOr<std::optional<NextClaim>> claim_next_in(PgConnection& connection,
                                                       const NextClaimRequest& request,
                                                       PgTurns& turns);

/// Gives the claim of a segment whose row the transaction has locked. Returns its epoch.
absl::StatusOr<std::int64_t> begin_claim(PgConnection& connection, const std::string& session_id,
                                         int index, const std::string& node, std::int64_t lease_ms);

}  // namespace focus::core::store
