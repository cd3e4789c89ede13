// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include <absl/status/status.h>

#include "base/mutex.h"
#include "store/notices.h"
#include "store/postgres/pool.h"

namespace focus::core::store {

/// Listens to what nodes tell each other (LISTEN), with a thread and a connection of its own: a
/// pooler of transactions between would lose notices. Each kPollSeconds, and after the connection
/// was lost, it reads the revisions of the sessions that somebody subscribes to, which finds
/// whatever was missed.
class PgNotices final : public Notices {
 public:
  static constexpr double kPollSeconds = 5.0;

  explicit PgNotices(PgPool::Options database);
  ~PgNotices() override;

  std::unique_ptr<Subscription> on_revision(const std::string& session_id,
                                            OnRevision call) override;
  std::unique_ptr<Subscription> on_work(OnWork call) override;

  /// How often it has begun to listen: once, and once more for each connection that was lost.
  int connections() const { return connections_.load(); }

 private:
  class Held;
  struct Listener {
    std::string session_id;  // "" for work
    OnRevision call;
    std::int64_t revision = -1;  // that was told last
  };

  std::unique_ptr<Subscription> add(std::string session_id, OnRevision call);
  void remove(std::uint64_t number);
  void wake();

  void run();
  /// Listens until the connection is lost or this stops.
  absl::Status listen();
  absl::Status poll(PgConnection& connection);
  void take_notice(const std::string& notice);
  /// Calls those who listen for this; `revision` is ignored where it is not newer than told.
  void tell(const std::string& session_id, std::int64_t revision);

  const PgPool::Options database_;
  int wake_[2] = {-1, -1};  // a pipe: the thread waits for its first end beside the connection
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};

  Mutex mutex_;
  CondVar called_;
  std::map<std::uint64_t, std::shared_ptr<Listener>> listeners_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t last_number_ ABSL_GUARDED_BY(mutex_) = 0;
  std::uint64_t calling_ ABSL_GUARDED_BY(mutex_) = 0;  // whose function runs; 0: none
  std::thread thread_;
};

}  // namespace focus::core::store
