// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "session/agenda.h"
#include "session/forecast.h"
#include "session/session.h"

namespace focus::core {

/// Worker threads that make the segments of all sessions, the one whose listener would run dry
/// first going first, and one more that makes what is overdue with the fallback engine, so that
/// workers that are busy or hang do not leave a hole in the music. Starts its threads when made,
/// and a spare worker for each that waits for an engine of the host's; destroying gives up what is
/// under way and joins.
class Scheduler {
 public:
  Scheduler(int worker_count, const Clock& clock, const Log& log);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  /// What sessions ring when there may be work.
  const std::shared_ptr<WorkSignals>& signals() const { return signals_; }

  /// Takes the session's segments into the queue for as long as the session lives. Never waits for
  /// the workers.
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
  struct Job {
    std::shared_ptr<Session> session;
    Session::Claim claim;
    double started_at = 0.0;
    std::uint64_t money_moves = 0;  ///< when it began
  };
  using JobPosition = std::list<Job>::iterator;

  void stop();
  void look_at_marked_locked();
  void work(WorkSignal& signal, std::optional<JobPosition> (Scheduler::*take)());
  std::optional<JobPosition> take_job();
  std::optional<JobPosition> take_overdue_job();
  void start_worker();
  void spare_a_worker_locked();
  bool is_full_locked(const MusicEngine* engine, int most) const;
  void park_locked(std::uint64_t session, const MusicEngine& engine);
  void release_parked_locked();
  JobPosition begin_locked(std::shared_ptr<Session> session, const Session::Claim& claim);
  void finish(JobPosition job, absl::StatusOr<SegmentRecord> result);
  void wait_for_money(const Job& job);
  /// Held money was spent or came back: sessions that could not pay try again.
  void money_moved();
  double seconds_by(const MusicEngine& engine, double audio_seconds) const;
  double seconds_for(const Session& session, const Plan& plan, int index) const;
  std::vector<double> places_locked(const MusicEngine& engine, double now) const;
  double queued_before_locked(const Session& session, double needed) const;
  double seconds_left(const Job& job, double now) const;

  const Clock& clock_;
  const Log log_;
  const std::shared_ptr<WorkSignals> signals_ = std::make_shared<WorkSignals>();
  std::atomic<bool> stopping_{false};

  mutable std::mutex mutex_;  // taken before a session's own
  std::unordered_map<std::uint64_t, std::weak_ptr<Session>> sessions_;  // that were looked at
  Agenda agenda_;
  std::list<Job> in_flight_;
  /// Sessions that wait for an engine which plays as many segments at a time as it can.
  struct Parked {
    int most = 0;  ///< that it plays at a time
    std::set<std::uint64_t> sessions;
  };
  std::map<const MusicEngine*, Parked> parked_;  // the engines themselves may be gone
  SpeedMeter speed_;
  std::uint64_t money_moves_ = 0;
  std::vector<std::weak_ptr<Session>> short_of_money_;

  const std::size_t worker_count_;
  std::vector<std::thread> workers_;  // and spare ones for those that wait for hosts
  std::thread rescuer_;
};

}  // namespace focus::core
