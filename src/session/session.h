// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/cancel.h"
#include "base/clock.h"
#include "base/progress.h"
#include "engines/registry.h"
#include "plan/plan.h"
#include "session/agenda.h"
#include "session/budget.h"
#include "session/encoded_cache.h"
#include "session/event_log.h"
#include "session/listeners.h"
#include "session/tally.h"
#include "session/work_signal.h"
#include "store/store.h"

namespace focus::core {

enum class SessionStatus { active, ended, stopped_cap };
std::string_view name_of(SessionStatus status);

/// A session at one moment, for whoever shows it.
struct SessionView {
  SessionRecord record;  ///< its request is that of today: as the session was steered last
  std::shared_ptr<const Plan> plan;
  SessionStatus status = SessionStatus::active;
  int ready_count = 0;  ///< ready from the first on, without a hole
  std::vector<std::shared_ptr<const SegmentRecord>> segments;  ///< by index; null until ready
  std::optional<std::int64_t> next_ready_at;                   ///< Unix seconds
  std::int64_t spent_micros = 0;  ///< what its segments have cost, in millionths

  bool more_pending() const { return status == SessionStatus::active; }
};

/// One session's state: which segments are planned, being made, ready. Thread-safe; it makes
/// nothing itself: the scheduler claims segments and completes them.
class Session : public std::enable_shared_from_this<Session> {
 public:
  struct Parts {
    SessionRecord record;
    std::shared_ptr<const Plan> plan;
    std::shared_ptr<Store> store;
    std::shared_ptr<const MusicEngine> engine;
    std::shared_ptr<const MusicEngine> fallback;     ///< stands in where `engine` fails
    std::shared_ptr<const MusicEngine> last_resort;  ///< and this where the fallback does
    std::shared_ptr<WorkSignals> work;
    const EngineRegistry* engines = nullptr;  ///< for prices; outlives the session's users
    std::shared_ptr<Budget> budget;
    std::shared_ptr<EncodedCache> encoded;  ///< shared by all sessions of a service
    std::shared_ptr<Tally> tally;
    const Clock* clock = nullptr;
  };
  /// `ready`: the segments that the store has already.
  explicit Session(Parts parts, std::vector<SegmentRecord> ready = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const std::string& id() const { return parts_.record.id; }
  /// As it was when it was started or opened: whose it is never changes.
  const SessionRecord& record() const { return parts_.record; }
  /// Whether it has gone from the store.
  bool is_removed() const;
  /// As it was asked for; of what steering may change, the plan has the newest.
  const Request& request() const { return parts_.record.request; }
  std::shared_ptr<const Plan> plan() const;
  const MusicEngine& engine() const { return *parts_.engine; }
  const MusicEngine& fallback() const { return *parts_.fallback; }
  /// Who plays where `failed` could not: the fallback, and after it the last resort. Null where
  /// nobody is left.
  std::shared_ptr<const MusicEngine> stand_in_for(const MusicEngine& failed) const;
  Store& store() const { return *parts_.store; }
  EventLog& events() { return events_; }
  EncodedCache& encoded() const { return *parts_.encoded; }
  Tally& tally() const { return *parts_.tally; }
  const Clock& clock() const { return *parts_.clock; }

  /// Everything but next_ready_at, which only the scheduler knows.
  SessionView view() const;

  /// Final: nothing more is made, what is under way is given up. Never blocks on work. A session
  /// that the spend cap has stopped stays stopped_cap.
  absl::Status end();
  /// Ends it and removes it, with its segments, from the store; its tracks stay. Who still holds it
  /// sees a session that was ended and has no segments. After an error it is as it was.
  absl::Status remove();

  /// Plans anew what was not heard yet: from what the foremost listener hears now (at `at_seconds`,
  /// if that is later); where nobody listens, from the first segment that is not made. Returns
  /// from where on the session is another, in hundredths of a second. After an error it is as it
  /// was.
  absl::StatusOr<std::int64_t> steer(const Steering& steering,
                                     std::optional<double> at_seconds = std::nullopt);
  /// How often it was steered: the plan's change_count(). [audio-thread]
  int change_count() const { return change_count_.load(std::memory_order_acquire); }

  // ---- for whoever listens

  /// Work goes on only while somebody uses the session: a handle, a player.
  void add_user();
  void remove_user();
  bool is_used() const;

  /// A listener, at first at segment 0. Segments are made ahead of every listener; what a bounded
  /// store drops follows the hindmost. Returns the listener's number.
  int add_listener(Listeners::Kind kind = Listeners::Kind::offline);
  void move_listener(int listener, const Hearing& hearing);
  /// It is on its way to a frame of the session, in or after segment `segment`.
  void send_listener(int listener, int segment, std::int64_t frame);
  void remove_listener(int listener);
  /// A remote client has fetched the audio of segment `index`: it is its playhead, unless it was
  /// further already.
  void note_fetched(int index);

  enum class Readiness { ready, pending, never };
  /// `never`: it is not ready and will not be (the session was ended or stopped, failed, or is
  /// shorter).
  Readiness readiness(int index) const;
  /// Waits until segment `index` is ready, or for ever out of reach.
  Readiness await(int index) const;
  /// The same; the error says why it will never be.
  absl::Status wait_ready(int index) const;
  absl::StatusOr<std::unique_ptr<SegmentReader>> open_segment(int index);
  /// The same with how much of it is heard: less than there is where a change has cut it short.
  struct HeardSegment {
    std::unique_ptr<SegmentReader> reader;
    std::int64_t frames = 0;
    std::shared_ptr<const Plan> plan;
  };
  absl::StatusOr<HeardSegment> open_heard(int index);
  /// A ready segment, with the plan it belongs to and how much of it is heard.
  struct ReadySegment {
    SegmentRecord record;
    std::shared_ptr<const Plan> plan;
    std::int64_t heard_frames = 0;
    int changes = 0;  ///< of the session's history
  };
  absl::StatusOr<ReadySegment> ready_segment(int index) const;
  /// A ready segment can not be read: it is made again, and an event says so.
  void lose_segment(int index, const absl::Status& why);
  /// The file of a ready segment; "" until it is ready and where it is in memory.
  std::string path_of(int index) const;
  /// Whether a ready segment was played by another engine than the one asked for.
  bool played_by_fallback(int index) const;
  /// Whether there is such a segment; the error names the field "index".
  static absl::Status check_index(const Plan& plan, int index);

  // ---- for the scheduler

  /// What it marks itself with: no two of a scheduler have the same, younger ones have higher ones.
  std::uint64_t number() const { return number_; }
  struct Claim {
    int index = 0;
    std::uint64_t number = 0;  ///< no two claims of a session have the same
    std::shared_ptr<const Plan> plan;
    std::shared_ptr<const MusicEngine> engine;
    bool stands_in = false;  ///< whether `engine` is not the one that was asked for
    /// The engine that plays now: another one where `engine` has failed.
    std::shared_ptr<std::atomic<const MusicEngine*>> plays;
    CancelToken cancel;
    Progress progress;                     ///< that the engine has told of
    std::int64_t hold = 0;                 ///< of the Budget, where the segment costs something
    std::int64_t micros = 0;               ///< what is held
    bool has_paid = false;                 ///< whether it ever held anything
    bool is_paying = true;                 ///< until it is known whether the money is there
    std::optional<Budget::Piece> refused;  ///< for which the money was not there
  };
  struct Pending {
    int index = 0;
    double needed_in_seconds = 0.0;  ///< of listening, until the listener would run dry
  };
  /// The segments that may be made and that nobody makes, the most urgent first. At most `limit`.
  std::vector<Pending> pending(std::size_t limit) const;
  /// Whether a segment is being made, or may be.
  bool is_at_work() const;
  /// The same in short; what lies far ahead is left out. A session whose need has grown marks
  /// itself.
  std::optional<Agenda::Need> need() const;
  std::optional<Claim> claim(int index);
  /// A segment without which a live listener is about to hear a hole, for the fallback engine. Who
  /// makes it now gives it up. `now`, in seconds, only has to run on.
  std::optional<Claim> claim_overdue(double now);
  /// Holds what the claim's engine costs, before it begins. The cancelled error where the money is
  /// not there, now or ever: then the claim has to be completed with it.
  absl::Status pay(Claim& claim) { return pay(claim, *claim.engine); }
  /// The claim's engine has delivered: what was held is spent, whatever becomes of the audio.
  absl::Status settle(const Claim& claim);
  /// Who has played for the claim has failed and costs nothing; `next` makes its segment from here
  /// on, where it can be paid (see `pay`).
  absl::Status fall_back(Claim& claim, const std::shared_ptr<const MusicEngine>& next);
  /// Stops the session where nothing is in flight and its next segment would pass the spend cap.
  void stop_at_cap();
  /// Money came back, or caps and prices have changed: what could not be paid is tried again.
  void money_moved();
  /// Keeps what was made for a claim. Where the store can not and somebody listens live, the
  /// audio is held in memory until it was heard, and an event says so.
  absl::StatusOr<SegmentRecord> keep(const Claim& claim, SegmentRecord record, AudioBuffer audio,
                                     std::uint64_t dither_seed);
  /// The claimed segment is ready, was given up (cancelled), or can not be had. What is held still
  /// is released.
  void complete(const Claim& claim, absl::StatusOr<SegmentRecord> result);

 private:
  enum class Stage { planned, in_flight, ready };
  /// What is missing for less than this may be overdue.
  static constexpr double kMayBeOverdue = 30.0;
  struct Segment {
    Stage stage = Stage::planned;
    std::shared_ptr<const SegmentRecord> record;  // of a ready one
    std::unique_ptr<Claim> claim;                 // of one in flight
    std::shared_ptr<const AudioBuffer> audio;     // of one that the store could not keep
  };

  Segment& segment_locked(int index) { return segments_[static_cast<std::size_t>(index)]; }
  const Segment& segment_locked(int index) const {
    return segments_[static_cast<std::size_t>(index)];
  }
  int count_locked() const { return static_cast<int>(segments_.size()); }
  bool holds_locked(const Claim& claim) const;
  Readiness readiness_locked(int index) const;
  SessionStatus status_locked() const;
  int ready_count_locked() const;
  int look_ahead_locked() const;
  std::int64_t earliest_change_locked(std::optional<double> at_seconds) const;
  const std::shared_ptr<const MusicEngine>& rescue_engine() const;
  Claim claim_locked(int index, const std::shared_ptr<const MusicEngine>& engine);
  void follow_listeners_locked();
  void ring_work();
  std::vector<Pending> pending_locked(std::size_t limit) const;
  void publish_status();
  void write_stop();
  /// Whether nothing more is made, whatever comes.
  bool is_over_locked() const { return ended_ || stopped_cap_ || !failure_.ok(); }
  std::int64_t price_per_minute(const MusicEngine& engine) const;
  Budget::Piece piece(const Plan& plan, int index, const MusicEngine& engine) const;
  absl::Status pay(Claim& claim, const MusicEngine& engine);
  void stop_paying(const Claim& claim);
  bool is_paying_locked() const;
  bool reaches_cap_locked() const;
  void cancel_work_locked(int from_index);
  absl::StatusOr<SegmentRecord> put(const Claim& claim, const SegmentRecord& record,
                                    AudioBuffer&& audio, std::uint64_t dither_seed);
  absl::Status check_ready_locked(int index) const;
  void touch();

  const Parts parts_;
  const std::uint64_t number_;
  EventLog events_;
  std::mutex steering_;  // one change at a time; taken before mutex_

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::shared_ptr<const Plan> plan_;
  std::vector<Change> history_;
  std::vector<Segment> segments_;
  Listeners listeners_;
  std::uint64_t next_claim_ = 1;
  int kept_from_ = 0;           // segments before it were dropped from a bounded store
  bool store_is_full_ = false;  // or broken: it refused the last segment
  int users_ = 0;
  bool ended_ = false;
  bool end_is_kept_ = false;  // by the store: else end() tries again
  bool stopped_cap_ = false;
  bool money_is_short_ = false;           // nothing is tried until money has moved
  std::optional<Budget::Piece> refused_;  // what would have passed the cap
  std::int64_t spent_micros_ = 0;
  bool removed_ = false;
  absl::Status failure_;
  SessionStatus published_ = SessionStatus::active;  // what the last event about it said
  std::atomic<int> change_count_{0};
  std::atomic<int> live_listeners_{0};
};

}  // namespace focus::core
