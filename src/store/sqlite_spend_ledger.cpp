// SPDX-License-Identifier: MIT
#include "store/sqlite_spend_ledger.h"

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<Reservation> SqliteSpendLedger::reserve(const ReserveRequest& request) {
  absl::StatusOr<Reservation> reserved =
      SharedCatalogue::Writing(shared_)->spend().reserve(request);
  if (!reserved.ok() || reserved->answer != SpendAnswer::held) return reserved;
  const absl::Status synced = shared_.sync();
  if (synced.ok()) return reserved;
  release(reserved->hold).IgnoreError();
  return synced;
}

absl::StatusOr<SpendAnswer> SqliteSpendLedger::foresee(const ReserveRequest& request) {
  return SharedCatalogue::Reading(shared_)->spend().foresee(request);
}

absl::Status SqliteSpendLedger::settle(std::int64_t hold) {
  FOCUS_RETURN_IF_ERROR(SharedCatalogue::Writing(shared_)->spend().settle(hold));
  return shared_.sync();
}

absl::Status SqliteSpendLedger::release(std::int64_t hold) {
  return SharedCatalogue::Writing(shared_)->spend().release(hold);
}

absl::Status SqliteSpendLedger::extend(std::int64_t hold, std::int64_t lease_until) {
  return SharedCatalogue::Writing(shared_)->spend().extend(hold, lease_until);
}

absl::StatusOr<Spend> SqliteSpendLedger::spent_by(const std::string& session_id) {
  return SharedCatalogue::Reading(shared_)->spend().spent_by(session_id);
}

absl::StatusOr<Spend> SqliteSpendLedger::spent_on(const std::string& organization,
                                                  std::int64_t day) {
  return SharedCatalogue::Reading(shared_)->spend().spent_on(organization, day);
}

absl::StatusOr<Spend> SqliteSpendLedger::spent_on_day(std::int64_t day) {
  return SharedCatalogue::Reading(shared_)->spend().spent_on_day(day);
}

}  // namespace focus::core::store
