// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "plan/plan.h"

namespace focus::core::player {

/// The plan that a mixdown follows and, once the session was steered, the newer plan that it will
/// go over to. Positions are frames of the session at its own rate.
///
/// Segments before the first changed one are the same in both plans, so that the older plan stays
/// valid until the music reaches the change. A value without threads: it belongs to the mixdown,
/// and so to the feeder thread of a live player or to the thread that renders offline.
class Course {
 public:
  /// When a pending change may be taken: as soon as the music reaches it, or only once
  /// `allow_change` was called.
  enum class Taking { at_once, when_allowed };

  Course(std::shared_ptr<const plan::Plan> plan, int rate) : heard_(std::move(plan)), rate_(rate) {}

  /// The plan that the music follows now.
  const plan::Plan& heard() const { return *heard_; }
  /// The newest plan: that of the pending change or, where there is none, the one that is heard.
  const plan::Plan& latest() const { return change_ ? *change_->plan : *heard_; }
  /// Whether a change is pending.
  bool is_steered() const { return change_.has_value(); }
  /// Whether segment `index` exists in the newer plan only, or differs there.
  bool is_changed(int index) const { return change_ && index >= change_->first_segment; }
  const plan::Plan& plan_of(int index) const {
    return is_changed(index) ? *change_->plan : *heard_;
  }

  /// The session was steered. Replaces a change that is still pending: `next` may be several
  /// changes ahead of the plan that is heard.
  void steer(std::shared_ptr<const plan::Plan> next, Taking taking) {
    const int first_segment = next->kept_since(heard_->change_count());
    change_ = Change{std::move(next), first_segment, taking == Taking::at_once};
  }
  /// The pending change, if there is one, may be taken now.
  void allow_change() {
    if (change_) change_->allowed = true;
  }
  bool may_take_change() const { return change_ && change_->allowed; }
  /// The music has reached the pending change, if there is one: the newer plan is heard from now
  /// on.
  void take_change() {
    if (change_) heard_ = std::move(change_->plan);
    change_.reset();
  }
  /// The music starts again, somewhere in `plan`; a pending change is dropped.
  void reset(std::shared_ptr<const plan::Plan> plan) {
    heard_ = std::move(plan);
    change_.reset();
  }

  /// The frame behind the session's last one, under the newest plan.
  std::int64_t end() const { return latest().end_frame(latest().segment_count() - 1, rate_); }
  /// The last segment that can be heard before the pending change is taken; the plan's last segment
  /// where no change is pending.
  int last_before_change() const {
    return change_ ? change_->first_segment - 1 : heard_->segment_count() - 1;
  }
  /// The frame where the pending change begins. There must be one.
  std::int64_t change_frame() const {
    return change_->plan->start_frame(change_->first_segment, rate_);
  }
  /// The segment of the newer plan that is heard at `frame`, which may lie before the change: then
  /// the first changed one. There must be a pending change.
  int changed_segment_at(std::int64_t frame) const {
    return std::max(change_->plan->segment_at(frame, rate_), change_->first_segment);
  }

  /// Where the next segment begins, and which one it is.
  struct Boundary {
    int index = 0;
    std::int64_t frame = 0;
  };
  /// What follows segment `index`, which is heard at `position`; nullopt after the last segment.
  /// Where a change follows, its frame may lie before `position`, and the segment is then the one
  /// of the newer plan that belongs at `position`.
  std::optional<Boundary> boundary_after(int index, std::int64_t position) const {
    const int next = index + 1;
    if (is_changed(next)) return Boundary{changed_segment_at(position), change_frame()};
    if (next >= heard_->segment_count()) return std::nullopt;
    return Boundary{next, heard_->start_frame(next, rate_)};
  }

 private:
  struct Change {
    std::shared_ptr<const plan::Plan> plan;
    int first_segment = 0;  // the first one of `plan` that differs from the plan that is heard
    bool allowed = false;
  };

  std::shared_ptr<const plan::Plan> heard_;
  std::optional<Change> change_;
  int rate_;
};

}  // namespace focus::core::player
