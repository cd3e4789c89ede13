// SPDX-License-Identifier: MIT
#include "session/board.h"

#include <algorithm>
#include <utility>

namespace focus::core::session {

int Board::ready_count(std::optional<int> made) const {
  int index = 0;
  while (index < count() && (is_ready(index) || index == made)) ++index;
  return index;
}

bool Board::has_work_in_flight(const Claim* but) const {
  return std::any_of(segments_.begin(), segments_.end(), [but](const Segment& s) {
    return s.claim && (but == nullptr || s.claim->number != but->number);
  });
}

void Board::set_ready(store::SegmentRecord record) {
  if (record.index < 0 || record.index >= count()) return;
  Segment& segment = at(record.index);
  auto kept = std::make_shared<const store::SegmentRecord>(std::move(record));
  if (segment.claim) CancelToken(segment.claim->cancel).cancel();
  segment = Segment();
  segment.stage = Stage::ready;
  segment.record = std::move(kept);
}

void Board::forget_ready(int first, int end) {
  for (int k = first; k < std::min(end, count()); ++k) {
    if (is_ready(k)) forget(k);
  }
}

void Board::replan(int first, int count) {
  cancel_work(first);
  segments_.resize(static_cast<std::size_t>(first));
  segments_.resize(static_cast<std::size_t>(count));
}

void Board::cancel_work(int first) const {
  for (int k = first; k < count(); ++k) {
    if (at(k).claim) CancelToken(at(k).claim->cancel).cancel();
  }
}

Claim Board::take(Claim claim) {
  claim.number = ++last_number_;
  claim.shared = std::make_shared<ClaimProgress>();
  claim.shared->plays = claim.engine.get();
  auto held = std::make_unique<const Claim>(claim);  // before anything is changed
  Segment& segment = at(claim.index);
  segment.stage = Stage::in_flight;
  segment.pays = false;
  segment.claim = std::move(held);
  return claim;
}

bool Board::holds(const Claim& claim) const {
  if (claim.index >= count()) return false;
  const Segment& segment = at(claim.index);
  return segment.claim && segment.claim->number == claim.number;
}

void Board::complete(const Claim& claim,
                     std::shared_ptr<const store::SegmentRecord> record) noexcept {
  Segment& segment = at(claim.index);
  segment.stage = Stage::ready;
  segment.claim.reset();
  segment.pays = false;
  segment.record = std::move(record);
}

void Board::give_back(const Claim& claim, Stage stage) {
  forget(claim.index);
  at(claim.index).stage = stage;
}

bool Board::look_again() {
  bool found = false;
  for (Segment& segment : segments_) {
    if (segment.stage != Stage::elsewhere) continue;
    segment.stage = Stage::planned;
    found = true;
  }
  return found;
}

void Board::keep_in_memory(const Claim& claim,
                           std::shared_ptr<const audio::AudioBuffer> audio) noexcept {
  at(claim.index).audio = std::move(audio);
}

void Board::drop_kept_in_memory(int index) {
  for (int k = 0; k < std::min(index, count()); ++k) {
    if (at(k).audio) forget(k);
  }
}

void Board::end_paying(const Claim& claim) {
  if (holds(claim)) at(claim.index).pays = false;
}

bool Board::is_paying() const {
  return std::any_of(segments_.begin(), segments_.end(),
                     [](const Segment& s) { return s.claim != nullptr && s.pays; });
}

}  // namespace focus::core::session
