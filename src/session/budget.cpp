// SPDX-License-Identifier: MIT
#include "session/budget.h"

#include <algorithm>

#include "base/clock.h"
#include "base/error.h"

namespace focus::core {
namespace {

constexpr std::int64_t kHundredthsPerMinute = 6000;

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

absl::StatusOr<std::unique_ptr<Budget>> Budget::open(SpendLedger& ledger, const Clock& clock) {
  std::unique_ptr<Budget> budget(new Budget(ledger, clock));
  FOCUS_ASSIGN_OR_RETURN(const auto entries, ledger.load());
  for (const SpendEntry& entry : entries) {
    budget->count_locked(entry, entry.settled ? &Total::settled : &Total::left, 1);
    budget->last_hold_ = std::max(budget->last_hold_, entry.hold);
    if (entry.settled) continue;
    // Of two for the same segment one can be taken over; the other stays as it is.
    budget->left_behind_.try_emplace({entry.session_id, entry.segment}, entry);
  }
  return budget;
}

std::int64_t Budget::today() const { return clock_.unix_seconds() / kSecondsPerDay; }

void Budget::count_locked(const SpendEntry& entry, Part part, int sign) {
  if (entry.day > newest_day_) {
    // What was settled on other days counts no more, but for what may still come back.
    newest_day_ = entry.day;
    std::erase_if(days_, [&](const auto& one) {
      return one.first.second < newest_day_ && one.second.held == 0 && one.second.left == 0;
    });
  }
  sessions_[entry.session_id].*part += sign * entry.micros;
  days_[{entry.organization, entry.day}].*part += sign * entry.micros;
}

absl::Status Budget::set_caps(const std::optional<std::string>& organization,
                              const SpendCaps& caps) {
  FOCUS_RETURN_IF_ERROR(check_cap(caps.session_micros, "session_micros"));
  FOCUS_RETURN_IF_ERROR(check_cap(caps.day_micros, "day_micros"));
  const std::lock_guard guard(mutex_);
  (organization ? caps_[*organization] : default_caps_) = caps;
  return absl::OkStatus();
}

const SpendEntry* Budget::left_behind_locked(const Piece& piece) const {
  const auto found = left_behind_.find({piece.session_id, piece.segment});
  return found != left_behind_.end() ? &found->second : nullptr;
}

Budget::Answer Budget::judge_locked(const Piece& piece, std::int64_t day) const {
  const auto own = caps_.find(piece.organization);
  const SpendCaps& caps = own != caps_.end() ? own->second : default_caps_;
  const auto session = sessions_.find(piece.session_id);
  const auto of_day = days_.find({piece.organization, day});
  const SpendEntry* taken_over = left_behind_locked(piece);
  const auto judge = [&](const std::optional<std::int64_t>& cap, const Total& total, bool counts) {
    if (!cap) return Answer::held;
    const std::int64_t spent = total.spent() - (counts ? taken_over->micros : 0);
    if (piece.micros > *cap - spent) return Answer::over;
    return piece.micros > *cap - spent - total.held ? Answer::later : Answer::held;
  };
  const Answer by_session =
      judge(caps.session_micros, session != sessions_.end() ? session->second : Total{},
            taken_over != nullptr);
  const Answer by_day = judge(caps.day_micros, of_day != days_.end() ? of_day->second : Total{},
                              taken_over != nullptr && taken_over->day == day &&
                                  taken_over->organization == piece.organization);
  return std::max(by_session, by_day);
}

Budget::Answer Budget::foresee(const Piece& piece) const {
  const std::lock_guard guard(mutex_);
  return judge_locked(piece, today());
}

absl::StatusOr<Budget::Reservation> Budget::reserve(const Piece& piece) {
  const std::lock_guard writing(writing_);
  SpendEntry entry{0,       piece.session_id, piece.segment, piece.organization,
                   today(), piece.micros,     false};
  {
    const std::lock_guard guard(mutex_);
    const Answer answer = judge_locked(piece, entry.day);
    if (answer != Answer::held) return Reservation{answer, 0};
    const SpendEntry* taken_over = left_behind_locked(piece);
    entry.hold = taken_over != nullptr ? taken_over->hold : last_hold_ + 1;
    count_locked(entry, &Total::held, 1);  // before it is written, so that nobody else gets it
  }
  const absl::Status written = ledger_.put(entry);
  const std::lock_guard guard(mutex_);
  if (!written.ok()) {
    count_locked(entry, &Total::held, -1);
    return written;
  }
  last_hold_ = std::max(last_hold_, entry.hold);
  if (const auto left = left_behind_.find({piece.session_id, piece.segment});
      left != left_behind_.end()) {
    count_locked(left->second, &Total::left, -1);
    left_behind_.erase(left);
  }
  const std::int64_t hold = entry.hold;
  holds_[hold] = std::move(entry);
  return Reservation{Answer::held, hold};
}

absl::Status Budget::settle(std::int64_t hold) {
  const std::lock_guard writing(writing_);
  {
    const std::lock_guard guard(mutex_);
    const auto found = holds_.find(hold);
    if (found == holds_.end()) return absl::OkStatus();
    count_locked(found->second, &Total::held, -1);
    count_locked(found->second, &Total::settled, 1);
    holds_.erase(found);
  }
  return ledger_.set_settled(hold);
}

absl::Status Budget::release(std::int64_t hold) {
  const std::lock_guard writing(writing_);
  {
    const std::lock_guard guard(mutex_);
    const auto found = holds_.find(hold);
    if (found == holds_.end()) return absl::OkStatus();
    count_locked(found->second, &Total::held, -1);
    holds_.erase(found);
  }
  return ledger_.erase(hold);
}

Spend Budget::spent_by(const std::string& session_id) const {
  const std::lock_guard guard(mutex_);
  const auto found = sessions_.find(session_id);
  if (found == sessions_.end()) return {};
  return {found->second.held + found->second.left, found->second.settled};
}

Spend Budget::spent_today(const std::string& organization) const {
  const std::lock_guard guard(mutex_);
  const auto found = days_.find({organization, today()});
  if (found == days_.end()) return {};
  return {found->second.held + found->second.left, found->second.settled};
}

Spend Budget::spent_today() const {
  Spend spend;
  const std::lock_guard guard(mutex_);
  const std::int64_t day = today();
  for (const auto& [key, total] : days_) {
    if (key.second != day) continue;
    spend.held += total.held + total.left;
    spend.settled += total.settled;
  }
  return spend;
}

}  // namespace focus::core
