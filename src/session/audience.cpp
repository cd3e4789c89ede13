// SPDX-License-Identifier: MIT
#include "session/audience.h"

#include <algorithm>

#include "base/guarded.h"
#include "store/cluster.h"

namespace focus::core::session {

int Audience::add(Listeners::Kind kind) {
  int number = 0;
  Heard heard;
  {
    const MutexLock lock(state_.mutex);
    number = state_.listeners.add(kind);
    state_.live_listeners = state_.listeners.live_count();
    // What has failed while nobody waited for it is tried again for a new listener.
    state_.failure = absl::OkStatus();
    heard = follow_locked();
  }
  drop(heard);
  state_.publish_status();
  state_.ring_work();
  return number;
}

void Audience::move(int listener, const Hearing& hearing) {
  const bool may_be_overdue =
      hearing.missing >= 0 && (hearing.late || hearing.lasts_seconds < kMayBeOverdue);
  bool has_moved = false;
  Heard heard;
  {
    const MutexLock lock(state_.mutex);
    const int was = state_.listeners.hindmost();
    state_.listeners.move(listener, hearing);
    has_moved = state_.listeners.hindmost() != was;
    heard = follow_locked();
  }
  drop(heard);
  if (may_be_overdue || has_moved) state_.ring_work();
}

void Audience::send(int listener, int segment, std::int64_t frame) {
  Heard heard;
  {
    const MutexLock lock(state_.mutex);
    state_.listeners.send(listener, segment, frame);
    heard = follow_locked();
    forget_ahead_locked(heard);
  }
  drop(heard);
  state_.ring_work();
}

void Audience::remove(int listener) noexcept {
  Heard heard;
  {
    const MutexLock lock(state_.mutex);
    state_.listeners.remove(listener);
    state_.live_listeners = state_.listeners.live_count();
    heard = follow_locked();
  }
  drop(heard);
  state_.ring_work();
}

void Audience::note_fetched(int index) {
  Heard heard;
  {
    const MutexLock lock(state_.mutex);
    if (!state_.listeners.note_fetched(std::min(index, state_.board.count() - 1))) return;
    heard = follow_locked();
  }
  drop(heard);
  if (store::Cluster* const cluster = state_.parts.store->cluster()) {
    // After an error the next fetch tells the playhead.
    without_throwing([&] { cluster->board().note_heard(state_.id(), index).IgnoreError(); });
  }
  state_.ring_work();
}

Audience::Heard Audience::follow_locked() {
  const int playhead = std::min(state_.listeners.hindmost(), state_.board.count());
  state_.board.drop_kept_in_memory(playhead);
  if (!state_.look_ahead_bound) return {};
  if (playhead > state_.kept_from) {
    state_.kept_from = playhead;
    return {.before = playhead, .epoch = state_.last_epoch};
  }
  // A listener begins again before what a bounded store has kept. Those segments are made again,
  // the same, since a segment is a function of its brief. The store may not have dropped all of
  // them yet; what it drops later is older than the claims to come.
  state_.board.forget_ready(playhead, state_.kept_from);
  state_.kept_from = playhead;
  return {};
}

/// A listener that goes back would otherwise leave all that was made ahead of it, each time. What
/// lies further ahead of every listener than it would be made is made again when somebody comes to
/// it.
void Audience::forget_ahead_locked(Heard& heard) {
  if (!state_.look_ahead_bound) return;
  const int first = state_.listeners.segments().back() + 1 + *state_.look_ahead_bound;
  state_.board.forget_ready(first, state_.board.count());
  heard.from = first;
  // Work in flight there may reach the store before it is told to drop, and the board after that.
  heard.from_epoch = state_.last_epoch;
  for (int k = first; k < state_.board.count(); ++k) {
    const Claim* claim = state_.board.claim(k);
    const std::int64_t epoch = claim != nullptr ? claim->shared->epoch.load() : 0;
    if (epoch > 0) heard.from_epoch = std::min(heard.from_epoch, epoch - 1);
  }
}

void Audience::drop(const Heard& heard) {
  if (heard.from < 0 && heard.before == 0) return;
  // What can not be dropped now is dropped with what is heard next.
  without_throwing([&] {
    if (heard.from >= 0) {
      state_.parts.store->segments().drop_from(state_.id(), heard.from, heard.from_epoch);
    }
    if (heard.before == 0) return;
    state_.parts.store->segments().drop_before(state_.id(), heard.before, heard.epoch);
  });
}

}  // namespace focus::core::session
