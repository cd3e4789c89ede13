// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/mutex.h"
#include "store/spend_ledger.h"

namespace focus::core::session {

/// What a segment of `hundredths` of a second costs, rounded up to a whole millionth.
std::int64_t segment_price(std::int64_t hundredths, std::int64_t micros_per_minute);

/// Reserves money before it is spent: knows the caps, and asks the store's ledger, which judges by
/// them. Thread-safe.
class Budget {
 public:
  using Answer = store::SpendAnswer;
  using Reservation = focus::core::store::Reservation;

  /// `node` is a name that no other service on this ledger has, now or after it was killed.
  /// `ledger` and `clock` outlive the budget.
  Budget(store::SpendLedger& ledger, const Clock& clock, std::string node);

  /// The caps of one organization, or of all that have none of their own.
  absl::Status set_caps(const std::optional<std::string>& organization,
                        const store::SpendCaps& caps);

  /// What applies to the organization.
  store::SpendCaps caps_of(const std::string& organization) const;

  /// A segment that costs something.
  struct Piece {
    std::string session_id;
    std::string organization;
    int segment = 0;
    std::int64_t micros = 0;
    bool operator==(const Piece&) const = default;
  };
  absl::StatusOr<Reservation> reserve(const Piece& piece);
  /// What `reserve` would answer; `later` where the ledger can not be read.
  Answer foresee(const Piece& piece) const;
  /// The money is spent. Where the ledger can not be written it stays held, and so counts as well.
  absl::Status settle(std::int64_t hold);
  /// The money comes back. Nothing comes back where it was settled or released before.
  absl::Status release(std::int64_t hold);

  absl::StatusOr<store::Spend> spent_by(const std::string& session_id) const;
  /// On this UTC day.
  absl::StatusOr<store::Spend> spent_today(const std::string& organization) const;
  /// By all of them.
  absl::StatusOr<store::Spend> spent_today() const;

 private:
  std::int64_t today() const;
  store::ReserveRequest request_for(const Piece& piece) const;

  store::SpendLedger& ledger_;
  const Clock& clock_;
  const std::string node_;
  mutable Mutex mutex_;  // never held while the ledger is asked
  store::SpendCaps default_caps_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, store::SpendCaps> caps_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::session
