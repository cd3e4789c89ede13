// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mutex.h"
#include "session/agenda.h"
#include "session/forecast.h"
#include "session/in_flight.h"
#include "session/job.h"
#include "session/money_waiters.h"
#include "session/shared_work.h"
#include "session/tally.h"

namespace focus::core::session {

/// Worker threads that make the segments of all sessions. The segment of a live listener who would
/// run dry goes first; after that organizations and callers take turns, and among the sessions of
/// one caller the segment that is needed first goes first (see Agenda). One more thread, the
/// rescuer, makes what is overdue with the fallback engine, so that workers that are busy or hang
/// leave no gap in the music; between rescues it extends the leases of all claims in flight. The
/// constructor starts the threads, and a spare worker is started for each that waits for a host's
/// engine. The destructor cancels the work under way and joins.
///
/// Lock order: the scheduler's mutex, then a session's. It is held for memory-speed work only; what
/// a worker does with a claim it does without it.
class Scheduler {
 public:
  /// `shared`: the work of a cluster, which outlives the scheduler; null where a process is alone.
  /// Then sessions tell the cluster what they want, and workers make what the cluster needs first.
  Scheduler(int worker_count, const Clock& clock, const Log& log, std::shared_ptr<Tally> tally,
            SharedWork* shared = nullptr);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  /// What sessions ring when there may be work.
  const std::shared_ptr<WorkSignals>& signals() const { return signals_; }

  /// Takes the session's segments into the queue for as long as the session lives. Never waits for
  /// the workers. Throws, and has done nothing, where there is no memory.
  void add(const std::shared_ptr<Session>& session);

  /// Caps or prices have changed: every session is looked at again.
  void terms_changed();

  /// What there is to do now.
  struct Load {
    int workers = 0;
    int in_flight = 0;
    int queued = 0;  ///< segments that wait to be made
  };
  Load load() const;

  /// When segment `wanted` of the session is expected to be ready, in seconds from now, from the
  /// measured speed of the engines and all that goes before it. Nothing when it is not to be made.
  std::optional<double> seconds_until_ready(const Session& session, int wanted);

 private:
  using Position = std::list<InFlight>::iterator;
  /// Takes the most urgent claim; nothing where there is none.
  using Take = std::optional<Position> (Scheduler::*)();

  void stop();
  template <typename Round>
  void repeat(const Round& round);
  void work();
  void rescue();
  void tell_wants();
  /// Takes a claim and makes its segment. Returns whether there was one.
  bool make_one(Take take);
  /// Makes a segment, and tries again after errors that may pass. Never throws.
  absl::StatusOr<store::SegmentRecord> make(Job& job) noexcept;
  /// Waits; returns at once where the claim is cancelled or the scheduler stops.
  void pause(const Claim& claim, std::chrono::milliseconds duration) const;
  void spare_a_worker();
  void extend_leases();
  std::optional<Position> take_wanted();
  std::optional<Position> take_overdue();
  std::optional<Position> take_shared();
  void look_at_marked_locked(std::vector<std::shared_ptr<Session>>& looked_at)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void start_worker_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool is_full_locked(const engines::MusicEngine* engine, int most) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void park_locked(std::uint64_t session, const engines::MusicEngine& engine)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void release_parked_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// A place for a claim, to be had before the claim is taken: what follows can not fail.
  static std::list<InFlight> new_place() { return std::list<InFlight>(1); }
  Position begin_locked(std::list<InFlight>& place, std::shared_ptr<Session> session,
                        Claim claim) noexcept ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// Marks all sessions again where a mark was missed.
  void follow_missed_locked(WorkSignal& signal) noexcept ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// There was no memory to keep the queue: it is built again from all sessions.
  void lose_agenda_locked() noexcept ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::optional<Position> take_first_locked(std::vector<std::shared_ptr<Session>>& looked_at)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void finish(Position position, Job& job, absl::StatusOr<store::SegmentRecord> result) noexcept;

  const Clock& clock_;
  const Log log_;
  const std::shared_ptr<Tally> tally_;
  const std::shared_ptr<WorkSignals> signals_ = std::make_shared<WorkSignals>();
  std::atomic<bool> stopping_{false};
  MoneyWaiters money_;

  mutable Mutex mutex_{LockRank::scheduler};
  /// The sessions that have marked themselves so far, by their numbers.
  std::unordered_map<std::uint64_t, std::weak_ptr<Session>> sessions_ ABSL_GUARDED_BY(mutex_);
  Agenda agenda_ ABSL_GUARDED_BY(mutex_);
  std::list<InFlight> in_flight_ ABSL_GUARDED_BY(mutex_);
  /// Sessions that wait for an engine which plays as many segments at a time as it can.
  struct Parked {
    int most = 0;  ///< segments that the engine plays at a time
    std::set<std::uint64_t> sessions;
  };
  /// By engine; an engine itself may be gone.
  std::map<const engines::MusicEngine*, Parked> parked_ ABSL_GUARDED_BY(mutex_);
  SpeedMeter speed_ ABSL_GUARDED_BY(mutex_);
  /// Sessions of which another node was making a segment.
  std::vector<std::weak_ptr<Session>> made_elsewhere_ ABSL_GUARDED_BY(mutex_);

  SharedWork* const shared_;
  const std::size_t worker_count_;
  std::vector<std::thread> workers_ ABSL_GUARDED_BY(mutex_);  // and spare ones
  std::thread rescuer_;
  std::thread teller_;  // of a cluster
};

}  // namespace focus::core::session
