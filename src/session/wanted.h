// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "plan/plan.h"
#include "session/board.h"
#include "session/listeners.h"

namespace focus::core::session {

/// What is missing for less than this, in seconds of listening, may be overdue.
inline constexpr double kMayBeOverdue = 30.0;

/// How far ahead a session is made.
struct MakingPolicy {
  int look_ahead = 0;      ///< segments ahead of each listener
  bool keeps_all = false;  ///< what lies behind all listeners is made as well, last
  bool in_order = false;   ///< the engine continues the previous segment: one after the other
};

/// A segment that may be made and that nobody makes.
struct Pending {
  int index = 0;
  double needed_in_seconds = 0.0;  ///< of listening, until the listener would run dry
};

/// The segments to make, the most urgent first, at most `limit`. In this order: what a listener is
/// about to miss, whatever the look-ahead is; what lies ahead of each listener, by how soon that
/// listener needs it; what lies behind all listeners, where everything is kept.
std::vector<Pending> wanted(const Board& board, const Listeners& listeners, const plan::Plan& plan,
                            const MakingPolicy& policy, std::size_t limit);

/// Whether a live listener is about to miss the segment, or misses it already.
bool about_to_miss(const Listeners& listeners, int segment);

/// Asks which segment has to be rescued.
struct RescueQuestion {
  const engines::MusicEngine* rescue = nullptr;  ///< the engine that would make it
  /// A listener that has heard nothing yet waits for a while for the engine that was asked for.
  bool waits_at_start = false;
  double now = 0.0;  ///< seconds of a monotonic clock
};
/// Returns the first segment without which a live listener is about to hear a gap, unless `rescue`
/// is making it. Notes in `listeners` since when a listener that has heard nothing waits.
std::optional<int> overdue(const Board& board, Listeners& listeners, const plan::Plan& plan,
                           const RescueQuestion& question);

}  // namespace focus::core::session
