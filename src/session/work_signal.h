// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace focus::core {

/// How sessions tell the workers that there may be something to do. Its own lock is held for an
/// instant only, so it may be rung under any other.
class WorkSignal {
 public:
  std::uint64_t count() const {
    const std::lock_guard guard(mutex_);
    return count_;
  }
  void ring() {
    {
      const std::lock_guard guard(mutex_);
      ++count_;
    }
    rung_.notify_all();
  }
  /// Returns once it was rung after `seen` was read.
  void wait_past(std::uint64_t seen) const {
    std::unique_lock lock(mutex_);
    rung_.wait(lock, [&] { return count_ != seen; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable rung_;
  std::uint64_t count_ = 0;
};

}  // namespace focus::core
