// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"

namespace focus::core::store {

/// Where the messages of a store go, and the bell that rings when there is a new one. Thread-safe;
/// its mutex is a leaf.
class MessageReceivers {
 public:
  struct Choice {
    std::vector<std::string> addresses;
    const Clock* clock = nullptr;
  };

  void choose(std::vector<std::string> addresses, const Clock& clock) {
    auto choice = std::make_shared<const Choice>(Choice{std::move(addresses), &clock});
    const MutexLock lock(mutex_);
    choice_ = std::move(choice);
  }
  /// Null where nobody wants a message.
  std::shared_ptr<const Choice> choice() const {
    const MutexLock lock(mutex_);
    return choice_ && !choice_->addresses.empty() ? choice_ : nullptr;
  }

  void ring() {
    {
      const MutexLock lock(mutex_);
      rung_ = true;
    }
    bell_.notify_one();
  }
  void wait(std::chrono::milliseconds most) {
    const auto deadline = std::chrono::steady_clock::now() + most;
    const MutexLock lock(mutex_);
    while (!rung_ && bell_.wait_until(mutex_, deadline)) continue;
    rung_ = false;
  }

 private:
  mutable Mutex mutex_;
  CondVar bell_;
  std::shared_ptr<const Choice> choice_ ABSL_GUARDED_BY(mutex_);
  bool rung_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace focus::core::store
