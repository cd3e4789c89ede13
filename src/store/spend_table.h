// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"
#include "store/spend_judgement.h"

namespace focus::core::store {

/// The catalogue's tables of money: a row for each hold, and of what was settled only the sums, by
/// session and by organization and day. So a reservation reads two sums and the few holds that are
/// open, however much was spent before. Not thread-safe, like the database.
class SpendTable {
 public:
  explicit SpendTable(Database& database) : database_(database) {}

  /// See SpendLedger. The judgement and the hold are one transaction.
  absl::StatusOr<Reservation> reserve(const ReserveRequest& request);
  absl::StatusOr<SpendAnswer> foresee(const ReserveRequest& request);
  absl::Status settle(std::int64_t hold);
  absl::Status release(std::int64_t hold);
  absl::Status extend(std::int64_t hold, std::int64_t lease_until);
  absl::StatusOr<Spend> spent_by(const std::string& session_id);
  absl::StatusOr<Spend> spent_on(const std::string& organization, std::int64_t day);
  absl::StatusOr<Spend> spent_on_day(std::int64_t day);

  /// Gives back what is held: every process that held something is gone.
  absl::Status release_all();

 private:
  /// An answer, and the hold that it takes over.
  struct Judgement {
    SpendAnswer answer = SpendAnswer::over;
    std::optional<SpendHold> taken_over;
  };

  absl::StatusOr<Judgement> judge_now(const ReserveRequest& request);
  absl::StatusOr<SpendTotal> total_of_day(const ReserveRequest& request);
  absl::StatusOr<std::int64_t> settled_by(const std::string& session_id);

  Database& database_;
};

}  // namespace focus::core::store
