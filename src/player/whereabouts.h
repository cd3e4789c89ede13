// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>

#include "plan/plan.h"

namespace focus::core::player {

/// The position of a source in the plan, for display. The mixing thread writes it. Any thread reads
/// it without waiting, and may see values of two consecutive blocks.
class Whereabouts {
 public:
  /// `latest`: the last segment that can be heard already. Where a change is pending, the plan has
  /// later ones at frames that still belong to an older segment.
  void set(const plan::Plan& plan, std::int64_t frame, int rate,
           int latest = std::numeric_limits<int>::max()) {
    const int index = std::min(plan.segment_at(frame, rate), latest);
    const bool last = index + 1 >= plan.segment_count();
    segment_index_.store(index, std::memory_order_relaxed);
    next_join_.store(last ? -1.0 : plan.start_seconds(index + 1), std::memory_order_relaxed);
    duration_.store(plan.played_seconds(), std::memory_order_relaxed);
  }
  int segment_index() const { return segment_index_.load(std::memory_order_relaxed); }
  /// In seconds of the session; -1 for none.
  double next_join() const { return next_join_.load(std::memory_order_relaxed); }
  double duration() const { return duration_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int> segment_index_{0};
  std::atomic<double> next_join_{-1.0};
  std::atomic<double> duration_{0.0};
};

}  // namespace focus::core::player
