// SPDX-License-Identifier: MIT
#include "session/wanted.h"

#include <algorithm>

namespace focus::core::session {
namespace {

using Stage = Board::Stage;

/// The next segment of a live listener is rescued where it is missing this long before the listener
/// runs dry: time enough to make it, and a little more for every second of its length.
constexpr double kRescueSeconds = 4.0;
constexpr double kRescuePerSecond = 1.0 / 60.0;
/// How long a listener that has heard nothing yet waits for the engine that was asked for.
constexpr double kPatienceAtStart = 10.0;

bool contains(const std::vector<Pending>& found, int index) {
  return std::any_of(found.begin(), found.end(),
                     [index](const Pending& one) { return one.index == index; });
}

void add_missing(std::vector<Pending>& found, const Board& board, const Listeners& listeners) {
  for (const Listeners::Missing& missing : listeners.missing()) {
    const int k = missing.segment;
    if (k >= board.count() || board.stage(k) != Stage::planned) continue;
    if (missing.lasts_seconds > kMayBeOverdue && !missing.late) continue;
    found.push_back({k, missing.late ? 0.0 : std::max(missing.lasts_seconds, 0.0)});
  }
}

/// Walks from the hindmost listener to the end, once: of the listeners at or before a segment, the
/// nearest needs it first.
void add_ahead(std::vector<Pending>& found, const Board& board, const Listeners& listeners,
               const plan::Plan& plan, const MakingPolicy& policy, std::size_t limit) {
  const std::vector<int> starts = listeners.segments();
  std::size_t nearest = 0;
  for (int k = starts.front(); k < board.count(); ++k) {
    while (nearest + 1 < starts.size() && starts[nearest + 1] <= k) ++nearest;
    const bool in_reach = k - starts[nearest] <= policy.look_ahead;
    if (!in_reach && nearest + 1 == starts.size()) break;
    if (in_reach && board.stage(k) == Stage::planned && !contains(found, k)) {
      const int heard = std::min(starts[nearest], board.count() - 1);
      found.push_back({k, plan.start_seconds(k) - plan.start_seconds(heard)});
      // The segments of a single listener come in their order already.
      if (starts.size() == 1 && found.size() == limit) return;
    }
    if (policy.in_order && board.stage(k) != Stage::ready) break;
  }
}

void add_behind(std::vector<Pending>& found, const Board& board, const Listeners& listeners,
                const plan::Plan& plan, const MakingPolicy& policy, std::size_t limit) {
  const int hindmost = std::min(listeners.segments().front(), board.count());
  for (int k = 0; k < hindmost && found.size() <= limit; ++k) {
    if (board.stage(k) != Stage::planned || contains(found, k)) continue;
    if (policy.in_order && k > 0 && !board.is_ready(k - 1)) continue;
    found.push_back({k, plan.played_seconds() + plan.start_seconds(k)});
  }
}

}  // namespace

std::vector<Pending> wanted(const Board& board, const Listeners& listeners, const plan::Plan& plan,
                            const MakingPolicy& policy, std::size_t limit) {
  std::vector<Pending> found;
  add_missing(found, board, listeners);
  add_ahead(found, board, listeners, plan, policy, limit);
  const bool is_enough = listeners.segments().size() == 1 && found.size() >= limit;
  if (policy.keeps_all && !is_enough) add_behind(found, board, listeners, plan, policy, limit);
  std::stable_sort(found.begin(), found.end(), [](const Pending& a, const Pending& b) {
    return a.needed_in_seconds < b.needed_in_seconds;
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

bool about_to_miss(const Listeners& listeners, int segment) {
  const std::vector<Listeners::Missing> missing = listeners.missing();
  return std::any_of(missing.begin(), missing.end(), [&](const Listeners::Missing& one) {
    return one.kind == Listeners::Kind::live && one.segment == segment &&
           (one.late || one.lasts_seconds <= kMayBeOverdue);
  });
}

std::optional<int> overdue(const Board& board, Listeners& listeners, const plan::Plan& plan,
                           const RescueQuestion& question) {
  for (const Listeners::Missing& missing : listeners.missing()) {
    const int index = missing.segment;
    if (missing.kind != Listeners::Kind::live) continue;
    if (index >= board.count() || board.is_ready(index)) continue;
    const Claim* made = board.claim(index);
    if (made != nullptr && made->shared->plays.load() == question.rescue) continue;
    const double lead = kRescueSeconds + kRescuePerSecond * plan.length_seconds(index);
    if (missing.lasts_seconds > lead) continue;
    if (!missing.has_begun && question.waits_at_start) {
      if (!missing.waits_since) listeners.set_waits_since(missing.listener, question.now);
      if (question.now - missing.waits_since.value_or(question.now) < kPatienceAtStart) continue;
    }
    return index;
  }
  return std::nullopt;
}

}  // namespace focus::core::session
