// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/disk_sync.h"
#include "base/entropy.h"
#include "base/log.h"
#include "base/mutex.h"
#include "engines/registry.h"
#include "session/budget.h"
#include "session/cluster_watch.h"
#include "session/id_gate.h"
#include "session/scheduler.h"
#include "session/session.h"
#include "session/session_use.h"
#include "session/shared_work.h"
#include "store/cluster_options.h"
#include "store/store.h"

namespace focus::core::session {

enum class Storage { temporary, folder, memory, cluster };

struct ServiceOptions {
  Storage storage = Storage::temporary;
  std::string data_folder;        ///< for Storage::folder
  store::ClusterOptions cluster;  ///< for Storage::cluster
  /// Begins the name of the service among those that share a store; "" for "node".
  std::string node;
  int worker_count = 0;  ///< 0: one a core, at most kMostDefaultWorkers
  Log log;
  Clock* clock = nullptr;      ///< nullptr: the system's
  DiskSync* disk = nullptr;    ///< of Storage::folder; nullptr: the system's
  Entropy* entropy = nullptr;  ///< nullptr: the system's
};

/// For whom a session is started; empty where the host has no such thing.
struct SessionOwner {
  std::string organization;  ///< whose money it spends
  std::string caller;

  /// Of a session or a track.
  template <typename Record>
  bool owns(const Record& record) const {
    return record.organization == organization && record.caller == caller;
  }
};

/// Owns the store, the engines and the scheduler, and starts and reopens sessions. Thread-safe.
class Service : public std::enable_shared_from_this<Service> {
 public:
  static constexpr int kMostDefaultWorkers = 8;
  static constexpr int kMostWorkers = 64;
  static constexpr int kNoWorkers = -1;  ///< of a cluster: other nodes make the segments

  static absl::StatusOr<std::shared_ptr<Service>> open(const ServiceOptions& options);

  engines::EngineRegistry& engines() { return engines_; }
  store::Store& store() { return *store_; }
  const Log& log() const { return log_; }
  Tally& tally() const { return *tally_; }
  Clock& clock() const { return clock_; }
  Entropy& entropy() const { return entropy_; }

  /// `request_key` is of a request that began with it on the store's AnswerShelf; "" for none.
  absl::StatusOr<SessionUse> start(plan::Request request, SessionOwner owner = {},
                                   const std::string& request_key = "");
  absl::StatusOr<SessionUse> open_session(const std::string& id);
  /// Ends a session and removes it with its segments; its tracks stay. A caller that still holds it
  /// sees a session that was ended and has no segments.
  absl::Status delete_session(const std::string& id);
  /// Deletes the sessions that nobody uses and that have not changed since `unix_before`: they were
  /// created, steered, and their last segment was ready before it. Returns how many.
  absl::StatusOr<int> delete_expired(std::int64_t unix_before);

  /// See EngineRegistry and Budget. Both take effect for running sessions too; a session that was
  /// stopped is not started again.
  absl::Status set_engine_price(std::string_view engine, std::int64_t micros_per_minute);
  absl::Status set_spend_caps(const std::optional<std::string>& organization,
                              const store::SpendCaps& caps);
  /// What the organization has spent on this UTC day.
  absl::StatusOr<store::Spend> spend_of(const std::string& organization) const {
    return budget_->spent_today(organization);
  }

  /// How much audio each owner may have in the store. Takes effect for running sessions too.
  absl::Status set_stored_bounds(const StoredBytes::Bounds& bounds);
  /// Why the owner may store nothing more, see StoredBytes.
  std::optional<std::string> stored_bound_reached(const SessionOwner& owner);
  /// Audio of the owner was kept, or some has gone, without a session.
  void note_stored(const SessionOwner& owner, std::int64_t bytes);

  /// Of all organizations together, on this UTC day.
  absl::StatusOr<store::Spend> spend_today() const { return budget_->spent_today(); }

  /// What there is to do now.
  struct Load {
    int open_sessions = 0;
    int workers = 0;
    int segments_in_flight = 0;
    int queued_segments = 0;
  };
  Load load() const;

  /// See Scheduler.
  std::optional<double> seconds_until_ready(const Session& session, int wanted) {
    return scheduler_.seconds_until_ready(session, wanted);
  }
  /// The session as it is now, with the forecast of its next segment. Stops the session first where
  /// other sessions have spent the money of its next segment.
  SessionView view(Session& session);
  /// The same of a session that need not be open, and is not opened for it: nothing is made.
  absl::StatusOr<SessionView> view(const std::string& id);

 private:
  static constexpr std::size_t kFewSessions = 64;

  Service(const ServiceOptions& options, std::shared_ptr<store::Store> store,
          std::shared_ptr<Budget> budget, std::string node, int worker_count);
  /// Opens a session, of which so much was spent.
  std::shared_ptr<Session> adopt(const store::SessionRecord& record,
                                 std::shared_ptr<const plan::Plan> plan,
                                 std::vector<store::SegmentRecord> ready,
                                 std::int64_t spent_micros);
  /// Opens a session of the store. The caller has its pass of the gate.
  absl::StatusOr<std::shared_ptr<Session>> load(const std::string& id);
  /// For the work of a cluster: opens the session, where it is not open, without using it.
  absl::StatusOr<std::shared_ptr<Session>> session_to_work_for(const std::string& id);
  /// Null where it is not open.
  std::shared_ptr<Session> find_open(const std::string& id) const;
  std::shared_ptr<const engines::MusicEngine> engine_or_absent(const std::string& key) const;
  std::shared_ptr<const engines::MusicEngine> fallback_or_default(const std::string& key) const;
  /// A use of the session where it is open already.
  std::optional<SessionUse> use_open(const std::string& id);
  enum class Removal { in_any_case, unless_used };
  /// Something of what was stored has gone.
  void make_use_of_room();
  /// A conflict where the session is used and `removal` spares it then.
  absl::Status remove_session(const std::string& id, Removal removal);

  Clock& clock_;
  Entropy& entropy_;
  const Log log_;
  std::shared_ptr<store::Store> store_;
  std::shared_ptr<Budget> budget_;
  const std::shared_ptr<StoredBytes> stored_;
  const std::shared_ptr<Tally> tally_ = std::make_shared<Tally>();
  engines::EngineRegistry engines_;
  const std::string node_;  // among the services that share the store
  IdGate gate_;
  mutable Mutex mutex_{LockRank::service};
  std::map<std::string, std::weak_ptr<Session>> open_sessions_ ABSL_GUARDED_BY(mutex_);
  /// At this size the map forgets the sessions that are closed.
  std::size_t sweep_at_ ABSL_GUARDED_BY(mutex_) = kFewSessions;
  const std::unique_ptr<SharedWork> shared_;   // null where the process is alone
  const std::unique_ptr<ClusterWatch> watch_;  // likewise
  Scheduler scheduler_;  // last: its workers stop before anything they use goes
};

}  // namespace focus::core::session
