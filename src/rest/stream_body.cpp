// SPDX-License-Identifier: MIT
#include "rest/stream_body.h"

#include <utility>

#include "plan/title.h"

namespace focus::core::rest {
namespace {

using broadcast::Broadcast;

}  // namespace

StreamBody::StreamBody(std::shared_ptr<RestContext> context, SessionUses::Use use,
                       Places::Place place, std::shared_ptr<Broadcast> broadcast,
                       std::optional<std::int64_t> frame, bool titles)
    : context_(std::move(context)),
      use_(std::move(use)),
      listener_(std::move(place)),
      seat_(std::move(broadcast)),
      from_(frame) {
  if (titles) titles_.emplace();
  context_->traffic().listener_came();
}

StreamBody::~StreamBody() { context_->traffic().listener_left(); }

absl::StatusOr<std::int64_t> StreamBody::read(char* buffer, std::int64_t capacity,
                                              std::chrono::milliseconds timeout) {
  if (read_ == pending_.size()) {
    pending_.clear();
    read_ = 0;
    if (!refill(static_cast<std::size_t>(capacity), timeout)) return kEnd;
  }
  return hand_out(pending_, read_, buffer, capacity);
}

/// False where there will be no more.
bool StreamBody::refill(std::size_t most_bytes, std::chrono::milliseconds timeout) {
  if (!place_) return begin(seat_->wait_started(timeout));
  Broadcast::Pieces pieces;
  const Broadcast::Reading reading = seat_->read(*place_, most_bytes, timeout, pieces);
  for (const auto& piece : pieces) take(*piece);
  return reading == Broadcast::Reading::pieces || reading == Broadcast::Reading::none_yet;
}

/// False where the broadcast has never begun and never will.
bool StreamBody::begin(Broadcast::State state) {
  if (state == Broadcast::State::starting) return true;
  if (state == Broadcast::State::stopped) return false;
  pending_ = seat_->header();
  place_ = seat_->place_of(from_.value_or(seat_->live_frame()));
  return true;
}

void StreamBody::take(const Broadcast::Piece& piece) {
  if (!titles_) {
    pending_ += piece.bytes;
    return;
  }
  if (piece.segment != titled_segment_) {
    titled_segment_ = piece.segment;
    title_ = plan::stream_title(*(*use_)->plan(), piece.segment);
  }
  titles_->pass(piece.bytes, title_, pending_);
}

}  // namespace focus::core::rest
