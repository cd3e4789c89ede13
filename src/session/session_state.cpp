// SPDX-License-Identifier: MIT
#include "session/session_state.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/guarded.h"
#include "session/session.h"

namespace focus::core::session {

bool ToldWants::covers(const ToldWants& wants) const {
  return changes == wants.changes && playhead == wants.playhead && is_heard == wants.is_heard &&
         std::includes(segments.begin(), segments.end(), wants.segments.begin(),
                       wants.segments.end());
}

SessionState::SessionState(SessionParts its_parts, std::vector<store::SegmentRecord> ready)
    : parts(std::move(its_parts)),
      look_ahead_bound(parts.store->segments().look_ahead_bound()),
      number(parts.work->next_number++),
      plan(parts.plan),
      history(parts.record.history),
      board(parts.plan->segment_count()),
      ended(parts.record.ended),
      end_is_kept(parts.record.ended),
      stopped_cap(parts.record.stopped_cap),
      spent_micros(parts.spent_micros),
      change_count(parts.plan->change_count()) {
  const MutexLock lock(mutex);  // for the analysis: nobody else has it yet
  for (store::SegmentRecord& record : ready) board.set_ready(std::move(record));
  published = status();
}

SessionStatus SessionState::status() const {
  if (stopped_cap) return SessionStatus::stopped_cap;
  const bool is_finished = ended || !failure.ok() || board.is_complete();
  return is_finished ? SessionStatus::ended : SessionStatus::active;
}

Readiness SessionState::readiness(int index) const {
  if (index >= board.count()) return Readiness::never;
  if (board.is_ready(index)) return Readiness::ready;
  return is_over() ? Readiness::never : Readiness::pending;
}

void SessionState::ring_work() noexcept {
  parts.work->wanted.mark(number, session);
  if (live_listeners > 0) parts.work->overdue.mark(number, session);
}

void SessionState::tell(EventType type, int index, const absl::Status& status,
                        std::string_view prefix) noexcept {
  Event event;
  event.type = type;
  event.segment_index = index;
  event.status = status;
  without_throwing([&] {
    const auto message = message_of(status);
    event.message.reserve(prefix.size() + message.size());
    event.message.append(prefix).append(message.data(), message.size());
  });
  events.add(std::move(event));
}

void SessionState::publish_status() noexcept {
  SessionStatus now;
  {
    const MutexLock lock(mutex);
    now = status();
    if (now == published) return;
    published = now;
  }
  if (now == SessionStatus::ended) tell_if_complete();
  Event event;
  event.type = EventType::status_changed;
  event.message = name_of(now);  // short enough to need no memory
  events.add(std::move(event));
}

void SessionState::tell_if_complete() noexcept {
  int changes = 0;
  {
    const MutexLock lock(mutex);
    if (ended || !board.is_complete()) return;
    changes = static_cast<int>(history.size());
  }
  // Where it can not be kept now, the session is found complete when it is opened the next time.
  without_throwing([&] { parts.store->messages().add_complete(id(), changes).IgnoreError(); });
}

void SessionState::note_removed() noexcept {
  {
    const MutexLock lock(mutex);
    ended = end_is_kept = true;
    removed = true;
    board.replan(0, board.count());
  }
  changed.notify_all();
  ring_work();
  publish_status();
}

void SessionState::touch() noexcept {
  without_throwing(
      [this] { parts.store->sessions().touch(id(), parts.clock->unix_seconds()).IgnoreError(); });
}

}  // namespace focus::core::session
