// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "store/shared_catalogue.h"
#include "store/spend_ledger.h"

namespace focus::core::store {

/// In the tables of a catalogue.
class SqliteSpendLedger final : public SpendLedger {
 public:
  explicit SqliteSpendLedger(SharedCatalogue& shared) : shared_(shared) {}

  absl::StatusOr<Reservation> reserve(const ReserveRequest& request) override;
  absl::StatusOr<SpendAnswer> foresee(const ReserveRequest& request) override;
  absl::Status settle(std::int64_t hold) override;
  absl::Status release(std::int64_t hold) override;
  absl::Status extend(std::int64_t hold, std::int64_t lease_until) override;
  absl::StatusOr<Spend> spent_by(const std::string& session_id) override;
  absl::StatusOr<Spend> spent_on(const std::string& organization, std::int64_t day) override;
  absl::StatusOr<Spend> spent_on_day(std::int64_t day) override;

 private:
  SharedCatalogue& shared_;
};

}  // namespace focus::core::store
