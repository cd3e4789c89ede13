// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "store/spend_judgement.h"
#include "store/spend_ledger.h"

namespace focus::core {

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

  SpendTotal total_locked(const Account& account, const ReserveRequest& request) const;
  Spend spend_locked(const Account& account) const;
  /// The hold that the request would take over, or null.
  const SpendHold* left_behind_locked(const ReserveRequest& request) const;
  SpendAnswer judge_locked(const ReserveRequest& request) const;
  void erase_locked(std::int64_t hold);

  std::mutex mutex_;
  std::map<std::int64_t, SpendHold> holds_;
  std::map<std::string, Account> sessions_;
  std::map<Day, Account> days_;
  std::int64_t last_hold_ = 0;
};

}  // namespace focus::core
