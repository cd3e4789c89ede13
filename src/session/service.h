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
#include "session/scheduler.h"
#include "session/session.h"
#include "store/store.h"

namespace focus::core {

class Service;

/// A use of a session: keeps it and its service alive and its work going. Copies are further uses.
class SessionUse {
 public:
  SessionUse(std::shared_ptr<Service> service, std::shared_ptr<Session> session);
  SessionUse(const SessionUse& other);
  SessionUse(SessionUse&& other) noexcept = default;
  SessionUse& operator=(const SessionUse&) = delete;
  SessionUse& operator=(SessionUse&&) = delete;
  ~SessionUse();

  Session& operator*() const { return *session_; }
  Session* operator->() const { return session_.get(); }
  Service& service() const { return *service_; }

 private:
  std::shared_ptr<Service> service_;  // destroyed after the session
  std::shared_ptr<Session> session_;
};

enum class Storage { temporary, folder, memory };

struct ServiceOptions {
  Storage storage = Storage::temporary;
  std::string data_folder;  ///< for Storage::folder
  int worker_count = 0;     ///< 0: one a core, at most kMostDefaultWorkers
  Log log;
  Clock* clock = nullptr;      ///< nullptr: the system's
  Entropy* entropy = nullptr;  ///< nullptr: the system's
};

/// Owns the store, the engines and the scheduler, and starts and reopens sessions. Thread-safe.
class Service : public std::enable_shared_from_this<Service> {
 public:
  static constexpr int kMostDefaultWorkers = 8;
  static constexpr int kMostWorkers = 64;

  static absl::StatusOr<std::shared_ptr<Service>> open(const ServiceOptions& options);

  EngineRegistry& engines() { return engines_; }
  Store& store() { return *store_; }

  absl::StatusOr<SessionUse> start(Request request);
  absl::StatusOr<SessionUse> open_session(const std::string& id);

  /// See Scheduler.
  std::optional<double> seconds_until_next_ready(const Session& session) const {
    return scheduler_.seconds_until_next_ready(session);
  }
  /// The session as it is now, with the forecast of its next segment.
  SessionView view(const Session& session) const;

 private:
  Service(const ServiceOptions& options, std::shared_ptr<Store> store, int worker_count);
  absl::StatusOr<SessionUse> adopt(const SessionRecord& record, std::vector<SegmentRecord> ready);

  Clock& clock_;
  Entropy& entropy_;
  std::shared_ptr<Store> store_;
  EngineRegistry engines_;
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<Session>> open_sessions_;
  Scheduler scheduler_;  // last: its workers stop before anything they use goes
};

}  // namespace focus::core
