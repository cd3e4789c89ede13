// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/pool.h"
#include "store/spend_ledger.h"

namespace focus::core::store {

/// The money of all nodes. Leases are counted by the database's clock.
class PgSpendLedger final : public SpendLedger {
 public:
  explicit PgSpendLedger(PgPool& pool) : pool_(pool) {}

  absl::StatusOr<Reservation> reserve(const ReserveRequest& request) override;
  absl::StatusOr<SpendAnswer> foresee(const ReserveRequest& request) override;
  absl::Status settle(std::int64_t hold) override;
  absl::Status release(std::int64_t hold) override;
  /// Gives the hold another lease of the length it was reserved with, whatever the caller's clock
  /// says.
  absl::Status extend(std::int64_t hold, std::int64_t lease_until) override;
  absl::StatusOr<Spend> spent_by(const std::string& session_id) override;
  absl::StatusOr<Spend> spent_on(const std::string& organization, std::int64_t day) override;
  absl::StatusOr<Spend> spent_on_day(std::int64_t day) override;

 private:
  absl::StatusOr<Spend> spend(const std::string& sql, const PgValues& values);

  PgPool& pool_;
};

}  // namespace focus::core::store
