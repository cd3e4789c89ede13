// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/mutex.h"
#include "store/spend_judgement.h"
#include "store/spend_ledger.h"

namespace focus::core::store {

/// Forgets with the process.
class MemorySpendLedger final : public SpendLedger {
 public:
  absl::StatusOr<Reservation> reserve(const ReserveRequest& request) override;
  absl::StatusOr<SpendAnswer> foresee(const ReserveRequest& request) override;
  absl::Status settle(std::int64_t hold) override;
  absl::Status release(std::int64_t hold) override;
  absl::Status extend(std::int64_t hold, std::int64_t lease_until) override;
  absl::StatusOr<Spend> spent_by(const std::string& session_id) override;
  absl::StatusOr<Spend> spent_on(const std::string& organization, std::int64_t day) override;
  absl::StatusOr<Spend> spent_on_day(std::int64_t day) override;

 private:
  using Day = std::pair<std::int64_t, std::string>;  // and the organization
  /// What counts against the cap of one session, or of one day.
  struct Account {
    std::int64_t settled = 0;
    std::set<std::int64_t> holds;
  };

  SpendTotal total_locked(const Account& account, const ReserveRequest& request) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Spend spend_locked(const Account& account) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// The hold that the request would take over, or null.
  const SpendHold* left_behind_locked(const ReserveRequest& request) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  SpendAnswer judge_locked(const ReserveRequest& request) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void erase_locked(std::int64_t hold) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Mutex mutex_{LockRank::store};
  std::map<std::int64_t, SpendHold> holds_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Account> sessions_ ABSL_GUARDED_BY(mutex_);
  std::map<Day, Account> days_ ABSL_GUARDED_BY(mutex_);
  std::int64_t last_hold_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace focus::core::store
