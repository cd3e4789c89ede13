// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "plan/plan.h"

namespace focus::core::player {

/// The plan that is heard and, where the session was steered meanwhile, the one that comes after
/// it. Frames are those of the session, at its own rate.
class Course {
 public:
  Course(std::shared_ptr<const plan::Plan> plan, int rate) : heard_(std::move(plan)), rate_(rate) {}

  const plan::Plan& heard() const { return *heard_; }
  /// What is heard follows it, or is about to.
  const plan::Plan& latest() const { return next_ ? *next_ : *heard_; }
  bool is_steered() const { return next_ != nullptr; }
  /// Whether a segment is one of the new plan alone.
  bool is_changed(int index) const { return next_ && index >= first_changed_; }
  const plan::Plan& plan_of(int index) const { return is_changed(index) ? *next_ : *heard_; }

  /// There is a new plan, which may itself have been steered before it was ever heard.
  void steer(std::shared_ptr<const plan::Plan> next) {
    first_changed_ = next->kept_since(heard_->change_count());
    next_ = std::move(next);
  }
  /// From now on the new plan is heard, if there is one.
  void take_change() {
    if (next_) heard_ = std::exchange(next_, nullptr);
  }
  /// Begins anew with a plan.
  void reset(std::shared_ptr<const plan::Plan> plan) {
    heard_ = std::move(plan);
    next_.reset();
  }

  /// Where the session ends.
  std::int64_t end() const { return latest().end_frame(latest().segment_count() - 1, rate_); }
  /// The last segment that can be heard before a change is taken.
  int last_before_change() const {
    return next_ ? first_changed_ - 1 : heard_->segment_count() - 1;
  }
  /// The first frame of a new plan that is not as it was in the one that is heard.
  std::int64_t change_frame() const { return next_->start_frame(first_changed_, rate_); }
  /// The segment of a new plan that is heard at a frame.
  int changed_segment_at(std::int64_t frame) const {
    return std::max(next_->segment_at(frame, rate_), first_changed_);
  }

  struct Boundary {
    int index = 0;  // of the segment that begins there
    std::int64_t frame = 0;
  };
  /// Where segment `index`, heard at `position`, is to be joined by another one; that may lie
  /// behind the position.
  std::optional<Boundary> boundary_after(int index, std::int64_t position) const {
    const int next = index + 1;
    if (is_changed(next)) return Boundary{changed_segment_at(position), change_frame()};
    if (next >= heard_->segment_count()) return std::nullopt;
    return Boundary{next, heard_->start_frame(next, rate_)};
  }

 private:
  std::shared_ptr<const plan::Plan> heard_;
  std::shared_ptr<const plan::Plan> next_;  // if any,
  int first_changed_ = 0;             // whose segments from here on are others
  int rate_;
};

}  // namespace focus::core::player
