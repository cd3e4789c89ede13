// SPDX-License-Identifier: MIT
// SegmentWork in a cluster: what the session wants of the other nodes, and what they have claimed.
#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "session/segment_work.h"
#include "session/steer.h"
#include "store/cluster.h"

namespace focus::core::session {

std::optional<store::WantedSegments> SegmentWork::wants_to_tell() {
  const MutexLock lock(state_.mutex);
  const auto pending = pending_locked(static_cast<std::size_t>(state_.board.count()));
  if (pending.empty()) return std::nullopt;
  const Listeners& listeners = state_.listeners;
  ToldWants told{static_cast<int>(state_.history.size()),
                 listeners.hindmost(),
                 listeners.live_count() > 0 || listeners.has_fetched(),
                 {}};
  store::WantedSegments wanted;
  wanted.session_id = state_.id();
  wanted.changes = told.changes;
  wanted.plan_version = plan::Plan::kVersion;
  wanted.engine = state_.parts.engine->info().key;
  wanted.engine_version = state_.parts.engine->info().version;
  wanted.fallback = state_.parts.fallback->info().key;
  wanted.in_order = state_.parts.engine->info().continues_previous;
  wanted.is_heard = told.is_heard;
  for (const Pending& one : pending) {
    told.segments.insert(one.index);
    wanted.segments.push_back(
        {one.index, std::llround(one.needed_in_seconds * 1000.0),
         state_.parts.piece(*state_.plan, one.index, *state_.parts.engine).micros});
  }
  if (state_.told.covers(told)) return std::nullopt;
  state_.told = std::move(told);
  return wanted;
}

void SegmentWork::tell_again() {
  const MutexLock lock(state_.mutex);
  state_.told = {};
}

std::optional<Claim> SegmentWork::take_claimed(const store::NextClaim& next, double now) {
  const MutexLock lock(state_.mutex);
  if (state_.is_over() || static_cast<int>(state_.history.size()) != next.changes)
    return std::nullopt;
  if (next.index >= state_.board.count()) return std::nullopt;
  const Board::Stage stage = state_.board.stage(next.index);
  if (stage == Board::Stage::ready || stage == Board::Stage::in_flight) return std::nullopt;
  return take_locked(next.index, next.is_fallback ? state_.parts.fallback : state_.parts.engine,
                     now, &next);
}

int SegmentWork::changes() const {
  const MutexLock lock(state_.mutex);
  return static_cast<int>(state_.history.size());
}

bool SegmentWork::knows_all_work() {
  store::Cluster* const cluster = state_.parts.store->cluster();
  if (cluster == nullptr) return true;
  const auto claims = cluster->board().has_claims(state_.id());
  return claims.ok() && !*claims && refresh(state_).ok();
}

absl::Status SegmentWork::follow() {
  FOCUS_RETURN_IF_ERROR(refresh(state_));
  store::Cluster* const cluster = state_.parts.store->cluster();
  if (cluster != nullptr) {
    FOCUS_ASSIGN_OR_RETURN(const auto heard, cluster->board().heard(state_.id()));
    const MutexLock lock(state_.mutex);
    if (heard.segment >= 0) {
      state_.listeners.note_fetched(std::min(heard.segment, state_.board.count() - 1));
    }
  }
  stop_at_cap();
  state_.ring_work();
  return absl::OkStatus();
}

}  // namespace focus::core::session
