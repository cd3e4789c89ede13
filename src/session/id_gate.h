// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "base/mutex.h"

namespace focus::core::session {

/// Lets one thread at a time open or delete the session of an id. A thread that wants another
/// session never waits, however long the first takes in the store. Thread-safe.
class IdGate {
 public:
  /// Waits until no other thread has passed for this id; passes until it is destroyed.
  class Pass {
   public:
    Pass(IdGate& gate, std::string id) : gate_(gate), id_(std::move(id)) { gate_.enter(id_); }
    ~Pass() { gate_.leave(id_); }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    IdGate& gate_;
    const std::string id_;
  };

 private:
  void enter(const std::string& id) {
    const MutexLock lock(mutex_);
    while (!inside_.insert(id).second) left_.wait(mutex_);
  }
  void leave(const std::string& id) {
    {
      const MutexLock lock(mutex_);
      inside_.erase(id);
    }
    left_.notify_all();
  }

  Mutex mutex_;
  CondVar left_;
  std::set<std::string> inside_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::session
