// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/clock.h"
#include "base/entropy.h"
#include "base/log.h"
#include "engines/registry.h"
#include "session/budget.h"
#include "session/scheduler.h"
#include "session/session.h"
#include "session/session_use.h"
#include "store/store.h"

namespace focus::core {

enum class Storage { temporary, folder, memory };

struct ServiceOptions {
  Storage storage = Storage::temporary;
  std::string data_folder;  ///< for Storage::folder
  int worker_count = 0;     ///< 0: one a core, at most kMostDefaultWorkers
  Log log;
  Clock* clock = nullptr;      ///< nullptr: the system's
  Entropy* entropy = nullptr;  ///< nullptr: the system's
};

/// For whom a session is started; empty where the host has no such thing.
struct SessionOwner {
  std::string organization;  ///< whose money it spends
  std::string caller;
};

/// Owns the store, the engines and the scheduler, and starts and reopens sessions. Thread-safe.
class Service : public std::enable_shared_from_this<Service> {
 public:
  static constexpr int kMostDefaultWorkers = 8;
  static constexpr int kMostWorkers = 64;

  static absl::StatusOr<std::shared_ptr<Service>> open(const ServiceOptions& options);

  EngineRegistry& engines() { return engines_; }
  Store& store() { return *store_; }

  absl::StatusOr<SessionUse> start(Request request, SessionOwner owner = {});
  absl::StatusOr<SessionUse> open_session(const std::string& id);

  /// See EngineRegistry and Budget. Both also count for sessions that are under way, of which one
  /// that was stopped stays so.
  absl::Status set_engine_price(std::string_view engine, std::int64_t micros_per_minute);
  absl::Status set_spend_caps(const std::optional<std::string>& organization,
                              const SpendCaps& caps);
  /// What the organization has spent on this UTC day.
  Spend spend_of(const std::string& organization) const {
    return budget_->spent_today(organization);
  }

  /// See Scheduler.
  std::optional<double> seconds_until_ready(const Session& session, int wanted) {
    return scheduler_.seconds_until_ready(session, wanted);
  }
  /// The session as it is now, with the forecast of its next segment. One that wanted nothing while
  /// others have spent the money of its next segment is stopped here.
  SessionView view(Session& session);

 private:
  static constexpr std::size_t kFewSessions = 64;

  Service(const ServiceOptions& options, std::shared_ptr<Store> store,
          std::shared_ptr<Budget> budget, int worker_count);
  absl::StatusOr<SessionUse> adopt(const SessionRecord& record, std::vector<SegmentRecord> ready);

  Clock& clock_;
  Entropy& entropy_;
  std::shared_ptr<Store> store_;
  std::shared_ptr<Budget> budget_;
  EngineRegistry engines_;
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<Session>> open_sessions_;
  std::size_t sweep_at_ = kFewSessions;  // how many there are when the closed ones are forgotten
  Scheduler scheduler_;                  // last: its workers stop before anything they use goes
};

}  // namespace focus::core
