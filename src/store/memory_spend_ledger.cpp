// SPDX-License-Identifier: MIT
#include "store/memory_spend_ledger.h"

namespace focus::core::store {
namespace {

template <typename Key, typename Account>
const Account& account_of(const std::map<Key, Account>& accounts, const Key& key) {
  static const Account empty;
  const auto found = accounts.find(key);
  return found != accounts.end() ? found->second : empty;
}

}  // namespace

SpendTotal MemorySpendLedger::total_locked(const Account& account,
                                           const ReserveRequest& request) const {
  SpendTotal total;
  total.settled = account.settled;
  for (const std::int64_t hold : account.holds) total.count(holds_.at(hold), request);
  return total;
}

Spend MemorySpendLedger::spend_locked(const Account& account) const {
  Spend spend{0, account.settled};
  for (const std::int64_t hold : account.holds) spend.held += holds_.at(hold).micros;
  return spend;
}

const SpendHold* MemorySpendLedger::left_behind_locked(const ReserveRequest& request) const {
  const auto session = sessions_.find(request.session_id);
  if (session == sessions_.end()) return nullptr;
  for (const std::int64_t number : session->second.holds) {
    const SpendHold& hold = holds_.at(number);
    if (hold.segment == request.segment && is_left_behind(hold, request)) return &hold;
  }
  return nullptr;
}

SpendAnswer MemorySpendLedger::judge_locked(const ReserveRequest& request) const {
  return judge(request, total_locked(account_of(sessions_, request.session_id), request),
               total_locked(account_of(days_, {request.day, request.organization}), request),
               left_behind_locked(request));
}

absl::StatusOr<SpendAnswer> MemorySpendLedger::foresee(const ReserveRequest& request) {
  const MutexLock guard(mutex_);
  return judge_locked(request);
}

absl::StatusOr<Reservation> MemorySpendLedger::reserve(const ReserveRequest& request) {
  const MutexLock guard(mutex_);
  const SpendAnswer answer = judge_locked(request);
  if (answer != SpendAnswer::held) return Reservation{answer, 0};
  if (const SpendHold* left = left_behind_locked(request)) erase_locked(left->number);
  const std::int64_t number = ++last_hold_;
  holds_[number] = {number,      request.session_id, request.segment, request.organization,
                    request.day, request.micros,     request.node,    request.lease_until};
  sessions_[request.session_id].holds.insert(number);
  days_[{request.day, request.organization}].holds.insert(number);
  return Reservation{SpendAnswer::held, number};
}

void MemorySpendLedger::erase_locked(std::int64_t hold) {
  const auto found = holds_.find(hold);
  if (found == holds_.end()) return;
  sessions_[found->second.session_id].holds.erase(hold);
  days_[{found->second.day, found->second.organization}].holds.erase(hold);
  holds_.erase(found);
}

absl::Status MemorySpendLedger::settle(std::int64_t hold) {
  const MutexLock guard(mutex_);
  const auto found = holds_.find(hold);
  if (found == holds_.end()) return no_hold(hold);
  const SpendHold& settled = found->second;
  sessions_[settled.session_id].settled += settled.micros;
  days_[{settled.day, settled.organization}].settled += settled.micros;
  erase_locked(hold);
  return absl::OkStatus();
}

absl::Status MemorySpendLedger::release(std::int64_t hold) {
  const MutexLock guard(mutex_);
  erase_locked(hold);
  return absl::OkStatus();
}

absl::Status MemorySpendLedger::extend(std::int64_t hold, std::int64_t lease_until) {
  const MutexLock guard(mutex_);
  const auto found = holds_.find(hold);
  if (found == holds_.end()) return no_hold(hold);
  found->second.lease_until = lease_until;
  return absl::OkStatus();
}

absl::StatusOr<Spend> MemorySpendLedger::spent_by(const std::string& session_id) {
  const MutexLock guard(mutex_);
  return spend_locked(account_of(sessions_, session_id));
}

absl::StatusOr<Spend> MemorySpendLedger::spent_on(const std::string& organization,
                                                  std::int64_t day) {
  const MutexLock guard(mutex_);
  return spend_locked(account_of(days_, {day, organization}));
}

absl::StatusOr<Spend> MemorySpendLedger::spent_on_day(std::int64_t day) {
  const MutexLock guard(mutex_);
  Spend all;
  for (auto at = days_.lower_bound({day, ""}); at != days_.end() && at->first.first == day; ++at) {
    const Spend spend = spend_locked(at->second);
    all.held += spend.held;
    all.settled += spend.settled;
  }
  return all;
}

}  // namespace focus::core::store
