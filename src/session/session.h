// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/cancel.h"
#include "engines/engine.h"
#include "plan/plan.h"
#include "session/event_log.h"
#include "session/work_signal.h"
#include "store/store.h"

namespace focus::core {

enum class SessionStatus { active, ended, stopped_cap };
std::string_view name_of(SessionStatus status);

/// A session at one moment, for whoever shows it.
struct SessionView {
  SessionRecord record;
  std::shared_ptr<const Plan> plan;
  SessionStatus status = SessionStatus::active;
  int ready_count = 0;                                 ///< ready from the first on, without a hole
  std::vector<std::optional<SegmentRecord>> segments;  ///< by index; empty until ready
  std::optional<std::int64_t> next_ready_at;           ///< Unix seconds

  bool more_pending() const { return status == SessionStatus::active; }
};

/// One session's state: which segments are planned, being made, ready. Thread-safe; it makes
/// nothing itself: the scheduler claims segments and completes them.
class Session {
 public:
  struct Parts {
    SessionRecord record;
    std::shared_ptr<const Plan> plan;
    std::shared_ptr<Store> store;
    std::shared_ptr<const MusicEngine> engine;
    std::shared_ptr<const MusicEngine> fallback;  ///< stands in where `engine` fails
    std::shared_ptr<WorkSignal> work;
    std::vector<SegmentRecord> ready;  ///< that the store has already
  };
  explicit Session(Parts parts);

  const std::string& id() const { return parts_.record.id; }
  const Request& request() const { return parts_.record.request; }
  const Plan& plan() const { return *parts_.plan; }
  const MusicEngine& engine() const { return *parts_.engine; }
  const MusicEngine& fallback() const { return *parts_.fallback; }
  Store& store() const { return *parts_.store; }
  EventLog& events() { return events_; }

  /// Everything but next_ready_at, which only the scheduler knows.
  SessionView view() const;

  /// Final: nothing more is made, what is under way is given up. Never blocks on work.
  absl::Status end();

  // ---- for whoever listens

  /// Work goes on only while somebody uses the session: a handle, a player.
  void add_user();
  void remove_user();

  /// A listener, at first at segment 0. Segments are made ahead of every listener; what a bounded
  /// store drops follows the hindmost. Returns the listener's number.
  int add_listener();
  void move_listener(int listener, int index);
  void remove_listener(int listener);

  enum class Readiness { ready, pending, never };
  /// `never`: it is not ready and will not be (the session was ended, or failed).
  Readiness readiness(int index) const;
  /// Waits until segment `index` is ready; an error when it will never be.
  absl::Status wait_ready(int index);
  absl::StatusOr<std::unique_ptr<SegmentReader>> open_segment(int index);
  /// The file of a ready segment; "" until it is ready and in a memory store.
  std::string path_of(int index) const;
  /// Whether a ready segment was played by another engine than the one asked for.
  bool played_by_fallback(int index) const;
  /// Whether there is such a segment; the error names the field "index".
  absl::Status check_index(int index) const;

  // ---- for the scheduler

  struct Claim {
    int index = 0;
    CancelToken cancel;
  };
  struct Pending {
    int index = 0;
    double needed_in_seconds = 0.0;  ///< of listening, until the listener would run dry
  };
  /// The segments that may be made and that nobody makes, the most urgent first. At most `limit`.
  std::vector<Pending> pending(std::size_t limit) const;
  std::optional<Claim> claim(int index);
  /// The claimed segment is ready, was given up (cancelled), or can not be had.
  void complete(int index, absl::StatusOr<SegmentRecord> result);

 private:
  enum class Stage { planned, in_flight, ready };
  struct Segment {
    Stage stage = Stage::planned;
    SegmentRecord record;
    CancelToken cancel;
  };

  SessionStatus status_locked() const;
  int ready_count_locked() const;
  int hindmost_listener_locked() const;
  int look_ahead() const;
  void follow_listeners_locked();
  void publish_status();
  void cancel_work_locked();

  const Parts parts_;
  EventLog events_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Segment> segments_;
  std::map<int, int> listeners_;  // number -> segment index
  int next_listener_ = 0;
  int playhead_ = 0;   // of the hindmost listener, or of the last one when there is none
  int kept_from_ = 0;  // segments before it were dropped from a bounded store
  int users_ = 0;
  bool ended_ = false;
  absl::Status failure_;
  SessionStatus published_ = SessionStatus::active;  // what the last event about it said
};

}  // namespace focus::core
