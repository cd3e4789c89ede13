// SPDX-License-Identifier: MIT
#include "session/budget.h"

#include <utility>

#include "base/clock.h"
#include "base/error.h"

namespace focus::core::session {
namespace {

constexpr std::int64_t kHundredthsPerMinute = 6000;
/// How long a hold is this service's. Longer than any engine needs for a segment: after that
/// another service may take the hold over, and this one does not.
constexpr std::int64_t kLeaseMilliseconds = 3'600'000;

absl::Status check_cap(const std::optional<std::int64_t>& micros, const std::string& field) {
  if (!micros || *micros >= 0) return absl::OkStatus();
  return invalid_field(field, "must be 0 or more millionths, or absent for no cap");
}

}  // namespace

std::int64_t segment_price(std::int64_t hundredths, std::int64_t micros_per_minute) {
  // In two parts, neither of which overflows for any length and price that can be.
  const std::int64_t whole = micros_per_minute / kHundredthsPerMinute * hundredths;
  const std::int64_t rest = micros_per_minute % kHundredthsPerMinute * hundredths;
  return whole + (rest + kHundredthsPerMinute - 1) / kHundredthsPerMinute;
}

Budget::Budget(store::SpendLedger& ledger, const Clock& clock, std::string node)
    : ledger_(ledger), clock_(clock), node_(std::move(node)) {}

store::SpendCaps Budget::caps_of(const std::string& organization) const {
  const MutexLock lock(mutex_);
  const auto own = caps_.find(organization);
  return own != caps_.end() ? own->second : default_caps_;
}

std::int64_t Budget::today() const { return clock_.unix_seconds() / kSecondsPerDay; }

absl::Status Budget::set_caps(const std::optional<std::string>& organization,
                              const store::SpendCaps& caps) {
  FOCUS_RETURN_IF_ERROR(check_cap(caps.session_micros, "session_micros"));
  FOCUS_RETURN_IF_ERROR(check_cap(caps.day_micros, "day_micros"));
  const MutexLock guard(mutex_);
  (organization ? caps_[*organization] : default_caps_) = caps;
  return absl::OkStatus();
}

store::ReserveRequest Budget::request_for(const Piece& piece) const {
  store::ReserveRequest request;
  request.session_id = piece.session_id;
  request.segment = piece.segment;
  request.organization = piece.organization;
  request.day = today();
  request.micros = piece.micros;
  request.node = node_;
  request.now = clock_.unix_milliseconds();
  request.lease_until = request.now + kLeaseMilliseconds;
  request.caps = caps_of(piece.organization);
  return request;
}

absl::StatusOr<Budget::Reservation> Budget::reserve(const Piece& piece) {
  return ledger_.reserve(request_for(piece));
}

Budget::Answer Budget::foresee(const Piece& piece) const {
  return ledger_.foresee(request_for(piece)).value_or(Answer::later);
}

absl::Status Budget::settle(std::int64_t hold) { return ledger_.settle(hold); }

absl::Status Budget::release(std::int64_t hold) { return ledger_.release(hold); }

absl::StatusOr<store::Spend> Budget::spent_by(const std::string& session_id) const {
  return ledger_.spent_by(session_id);
}

absl::StatusOr<store::Spend> Budget::spent_today(const std::string& organization) const {
  return ledger_.spent_on(organization, today());
}

absl::StatusOr<store::Spend> Budget::spent_today() const { return ledger_.spent_on_day(today()); }

}  // namespace focus::core::session
