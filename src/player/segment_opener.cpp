// SPDX-License-Identifier: MIT
#include "player/segment_opener.h"

#include <utility>

#include "base/error.h"

namespace focus::core::player {

/// Whether the session was steered after the mixdown last looked. Segment numbers of the course and
/// of the session may then mean different music.
bool SegmentOpener::is_outdated() const {
  return session_.change_count() != course_.latest().change_count();
}

absl::StatusOr<Opening> SegmentOpener::open(int index, Deck& deck) {
  if (cued_ && cued_->index == index) {
    deck = *std::exchange(cued_, std::nullopt);
    return Opening::opened;
  }
  const session::Readiness readiness = policy_.wait(index);
  if (readiness == session::Readiness::pending || is_outdated()) return Opening::pending;
  if (readiness == session::Readiness::never) {
    FOCUS_RETURN_IF_ERROR(policy_.fail(index));
    // A session that is used again after a failure tries again.
    const bool never = session_.readiness(index) == session::Readiness::never;
    return never ? Opening::never : Opening::pending;
  }
  auto reader = session_.open_segment(index);
  // Steered while it was opened: it may be the file of either plan.
  if (is_outdated()) return Opening::pending;
  if (!reader.ok()) {
    FOCUS_RETURN_IF_ERROR(policy_.lose_unopened(index, reader.status()));
    return Opening::pending;
  }
  deck = {index, course_.plan_of(index).start_frame(index, rate_), *std::move(reader), 1.0f};
  return Opening::opened;
}

absl::Status SegmentOpener::cue(std::optional<int> next) {
  if (cued_ && cued_->index != next) cued_.reset();
  if (cued_ || !next) return absl::OkStatus();
  // Never waits: cueing is done while other music is heard.
  if (session_.readiness(*next) != session::Readiness::ready) return absl::OkStatus();
  Deck deck;
  FOCUS_ASSIGN_OR_RETURN(const Opening opening, open(*next, deck));
  if (opening == Opening::opened) cued_ = std::move(deck);
  return absl::OkStatus();
}

void SegmentOpener::drop_changed_cue() {
  if (cued_ && course_.is_changed(cued_->index)) cued_.reset();
}

}  // namespace focus::core::player
