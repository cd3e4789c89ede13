// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "base/log.h"
#include "base/mutex.h"
#include "session/session.h"
#include "store/cluster.h"

namespace focus::core::session {

/// What a node of a cluster does besides making segments, on a thread of its own: it follows what
/// other nodes do to the sessions that are open here, says that it is alive, and sweeps for all
/// when that is its duty. Thread-safe.
class ClusterWatch {
 public:
  /// `cluster` outlives it.
  ClusterWatch(store::Cluster& cluster, std::string node, Log log);
  ~ClusterWatch();
  ClusterWatch(const ClusterWatch&) = delete;
  ClusterWatch& operator=(const ClusterWatch&) = delete;

  /// From now on the session is as the store has it, at most a moment later.
  void follow(const std::shared_ptr<Session>& session);

 private:
  struct Followed {
    std::weak_ptr<Session> session;
    std::unique_ptr<store::Notices::Subscription> notices;
  };

  void mark(const std::string& id);
  void run() noexcept;
  void follow_marked();
  void tell_alive();
  void forget_closed();
  void sweep();

  store::Cluster& cluster_;
  const std::string node_;
  const Log log_;
  std::set<std::string> unread_;  // what the store could not tell; of the thread
  Mutex mutex_;                   // a leaf
  CondVar rung_;
  std::set<std::string> marked_ ABSL_GUARDED_BY(mutex_);
  bool stops_ ABSL_GUARDED_BY(mutex_) = false;
  Mutex followed_mutex_;  // never held while a subscription is ended or the store is asked
  std::map<std::string, Followed> followed_ ABSL_GUARDED_BY(followed_mutex_);
  std::thread thread_;
};

}  // namespace focus::core::session
