// SPDX-License-Identifier: MIT
// What the ledger and the board of work do with money inside of their transactions.
#pragma once

#include <cstdint>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/postgres/pool.h"
#include "store/spend_ledger.h"

namespace focus::core::store {

/// Holds the money and returns the hold's number; nothing, and nothing is changed, where a cap
/// would be passed. A hold for the same segment that another node has left behind is taken over.
///
/// Caps are kept by one UPDATE for each account, whose condition is the cap: PostgreSQL runs two of
/// them on one row one after the other, and the second sees what the first has written. So what is
/// held and settled together never passes a cap, however many nodes reserve at once.
absl::StatusOr<std::optional<std::int64_t>> hold_money(PgConnection& connection,
                                                       const ReserveRequest& request);
/// The money of a hold is spent. False where there is no such hold.
absl::StatusOr<bool> settle_money(PgConnection& connection, std::int64_t hold);
/// The money of a hold comes back. False where there is no such hold.
absl::StatusOr<bool> release_money(PgConnection& connection, std::int64_t hold);

}  // namespace focus::core::store
