// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "session/audience.h"
#include "session/segment_work.h"
#include "session/session_state.h"

namespace focus::core::session {

/// One session, as hosts and players see it. Thread-safe. It makes nothing itself: the scheduler
/// takes its segments from `work()`, for whom listens at `audience()`.
class Session {
 public:
  /// `ready`: the segments that the store has already.
  static std::shared_ptr<Session> create(SessionParts parts,
                                         std::vector<store::SegmentRecord> ready = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const std::string& id() const { return state_.id(); }
  /// As the session was started or opened. What steering may change (goal, intensity, divergence,
  /// prompt, length) is in plan()->request(), as it is today.
  const store::SessionRecord& record() const { return state_.parts.record; }
  const plan::Request& started_with() const { return state_.started_with(); }
  const engines::MusicEngine& engine() const { return *state_.parts.engine; }
  const engines::MusicEngine& fallback() const { return *state_.parts.fallback; }
  /// As the last steering has left it.
  std::shared_ptr<const plan::Plan> plan() const;
  /// How often the plan was changed: plan()->change_count(). [audio-thread]
  int change_count() const { return state_.change_count.load(std::memory_order_acquire); }
  /// Everything but next_ready_at, which only the scheduler knows.
  SessionView view() const;
  /// Whether the session is gone from the store.
  bool is_removed() const;

  EventLog& events() { return state_.events; }
  Audience& audience() { return audience_; }
  SegmentWork& work() { return work_; }
  const SegmentWork& work() const { return work_; }

  /// Ends the session for good: nothing more is made, and work under way is cancelled. Does not
  /// wait for that work. A session that the spend cap has stopped stays stopped_cap.
  absl::Status end();
  /// Ends the session and removes it, with its segments, from the store; its tracks stay. Its
  /// holders see a session that was ended and has no segments. After an error nothing has changed.
  absl::Status remove();

  /// Plans again what was not heard yet: from what the foremost listener hears now, or from
  /// `at_seconds` if that is later. Where nobody listens, from the first segment that is not made.
  /// Returns the time from which the session is different, in hundredths of a second. After an
  /// error nothing has changed.
  absl::StatusOr<std::int64_t> steer(const plan::Steering& steering,
                                     std::optional<double> at_seconds = std::nullopt);

  /// Work goes on only while somebody uses the session: a handle, a player (see SessionUse).
  void add_user();
  void remove_user() noexcept;
  bool is_used() const;
  /// Something is still to be made of it, and nothing has stopped it.
  bool is_active() const;
  /// After a failure: what could not be made is tried again. Otherwise does nothing.
  void try_again();

  Readiness readiness(int index) const;
  /// Waits until segment `index` is ready. The error says why it never will be.
  absl::Status wait_ready(int index) const;
  /// A segment that is ready now; otherwise not_ready, or not_found where there is no such segment.
  /// The errors name the field "index".
  absl::StatusOr<ReadySegment> ready_segment(int index) const;
  /// The reader tries again where the segment's file can not be opened or read at once.
  absl::StatusOr<std::unique_ptr<store::SegmentReader>> open_segment(int index) const;
  absl::StatusOr<std::unique_ptr<store::SegmentReader>> open_segment(
      const ReadySegment& segment) const;
  /// The bytes of the segment's file, checked; null where the store keeps no files.
  absl::StatusOr<std::shared_ptr<const store::AudioBytes>> open_bytes(
      const ReadySegment& segment) const;
  /// Adds the event that segment `index` can not be played. Never throws.
  void tell_failure(int index, const absl::Status& why) noexcept {
    state_.tell(EventType::segment_failed, index, why);
  }
  /// A ready segment can not be read: it is made again, and an event says so.
  void lose_segment(int index, const absl::Status& why);

 private:
  friend class SteadyReader;

  absl::StatusOr<std::unique_ptr<store::SegmentReader>> open_once(
      const store::SegmentRecord& record) const;
  explicit Session(SessionParts parts, std::vector<store::SegmentRecord> ready)
      : state_(std::move(parts), std::move(ready)), audience_(state_), work_(state_) {}

  SessionState state_;
  Audience audience_;
  SegmentWork work_;
};

}  // namespace focus::core::session
