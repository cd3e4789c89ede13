// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <absl/status/status.h>

#include "base/mutex.h"
#include "session/board.h"
#include "session/event_log.h"
#include "session/listeners.h"
#include "session/session_parts.h"
#include "session/session_view.h"

namespace focus::core::session {

class Session;

/// What a cluster was told that a session wants.
struct ToldWants {
  int changes = -1;  ///< of the session then; -1: it was told nothing
  int playhead = 0;  ///< the segment of its hindmost listener
  bool is_heard = false;
  std::set<int> segments;

  /// Whether `wants` is no more than this.
  bool covers(const ToldWants& wants) const;
};

/// What a session knows, and the mutex that guards it. Three classes share it, each for one side of
/// a session: Session for the calls of hosts, Audience for the listeners, SegmentWork for the
/// making of segments. The mutex is held for memory-speed work only: the store, engines, hosts and
/// the log are called without it.
struct SessionState {
  SessionState(SessionParts its_parts, std::vector<store::SegmentRecord> ready);
  SessionState(const SessionState&) = delete;
  SessionState& operator=(const SessionState&) = delete;

  const std::string& id() const { return parts.record.id; }
  const plan::Request& started_with() const { return parts.record.request; }

  const SessionParts parts;
  /// How many segments ahead of the playhead the store can hold; nothing where it holds all.
  const std::optional<int> look_ahead_bound;
  /// Its key in the scheduler's queue: unique, and greater than that of any older session.
  const std::uint64_t number;
  EventLog events;
  std::weak_ptr<Session> session;  ///< set once, before anybody else has the session

  mutable Mutex mutex{LockRank::session};
  mutable CondVar changed;  ///< readiness may have changed
  std::shared_ptr<const plan::Plan> plan ABSL_GUARDED_BY(mutex);
  std::vector<plan::Change> history ABSL_GUARDED_BY(mutex);
  Board board ABSL_GUARDED_BY(mutex);
  Listeners listeners ABSL_GUARDED_BY(mutex);
  /// A bounded store has dropped the segments before this one.
  int kept_from ABSL_GUARDED_BY(mutex) = 0;
  /// The newest claim that the store has granted: what is dropped is never newer.
  std::int64_t last_epoch ABSL_GUARDED_BY(mutex) = 0;
  /// The store has refused the last segment: its disk is full, or broken.
  bool store_is_full ABSL_GUARDED_BY(mutex) = false;
  int users ABSL_GUARDED_BY(mutex) = 0;
  bool ended ABSL_GUARDED_BY(mutex) = false;
  bool end_is_kept ABSL_GUARDED_BY(mutex) = false;  ///< by the store; until then end() tries again
  bool stopped_cap ABSL_GUARDED_BY(mutex) = false;
  bool removed ABSL_GUARDED_BY(mutex) = false;
  absl::Status failure ABSL_GUARDED_BY(mutex);
  /// The last piece could not be paid: nothing is tried until money has moved.
  bool money_is_short ABSL_GUARDED_BY(mutex) = false;
  std::optional<Budget::Piece> refused ABSL_GUARDED_BY(mutex);  ///< what would have passed a cap
  std::int64_t spent_micros ABSL_GUARDED_BY(mutex) = 0;
  ToldWants told ABSL_GUARDED_BY(mutex);
  /// What the last event about the status said.
  SessionStatus published ABSL_GUARDED_BY(mutex) = SessionStatus::active;

  /// The plan's change_count(), for the audio thread.
  std::atomic<int> change_count{0};
  std::atomic<int> live_listeners{0};

  /// Nothing more is made, whatever comes.
  bool is_over() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    return ended || stopped_cap || !failure.ok();
  }
  SessionStatus status() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  Readiness readiness(int index) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);

  /// Tells the scheduler that the session may want something else than before.
  void ring_work() noexcept;
  /// Adds an event whose message is `prefix` and that of the error. Where there is no memory for
  /// the message the event goes without one.
  void tell(EventType type, int index, const absl::Status& status,
            std::string_view prefix = {}) noexcept;
  /// Adds an event where the status is no longer what the last event said.
  void publish_status() noexcept ABSL_LOCKS_EXCLUDED(mutex);
  /// Keeps the message that all segments are ready, where they are and it was not kept before; see
  /// MessageShelf.
  void tell_if_complete() noexcept ABSL_LOCKS_EXCLUDED(mutex);
  /// The session is gone from the store: it ends, and has no segments.
  void note_removed() noexcept ABSL_LOCKS_EXCLUDED(mutex);
  /// Writes down that the session has changed now. Where that fails, the session is at worst taken
  /// for older than it is.
  void touch() noexcept;
};

}  // namespace focus::core::session
