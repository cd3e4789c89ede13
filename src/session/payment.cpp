// SPDX-License-Identifier: MIT
#include "session/payment.h"

#include "base/cancel.h"
#include "base/error.h"

namespace focus::core::session {

Payment::Payment(Payment&& other) noexcept
    : budget_(std::move(other.budget_)),
      hold_(std::exchange(other.hold_, 0)),
      micros_(other.micros_),
      has_moved_(other.has_moved_),
      is_attached_(other.is_attached_),
      refused_(std::move(other.refused_)) {}

absl::Status Payment::hold(const Budget::Piece& piece) {
  // What can not be given back stays held in the ledger: too much counts, never too little.
  release().IgnoreError();
  if (!budget_ || piece.micros == 0) return absl::OkStatus();
  const absl::StatusOr<Budget::Reservation> answer = budget_->reserve(piece);
  if (!answer.ok()) {
    has_moved_ = true;  // for a moment the money may have looked held to others
    return answer.status();
  }
  if (answer->answer != Budget::Answer::held) {
    refused_ = piece;
    return cancelled_error();
  }
  hold_ = answer->hold;
  micros_ = piece.micros;
  has_moved_ = true;
  return absl::OkStatus();
}

absl::Status Payment::settle() {
  if (hold_ == 0 || is_attached_) return absl::OkStatus();
  return budget_->settle(std::exchange(hold_, 0));
}

absl::Status Payment::release() {
  is_attached_ = false;
  if (hold_ == 0) return absl::OkStatus();
  return budget_->release(std::exchange(hold_, 0));
}

}  // namespace focus::core::session
