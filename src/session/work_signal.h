// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace focus::core {

class Session;

/// How sessions tell the workers that what they want has changed: each marks itself, once until it
/// was looked at. Its own lock is held for an instant only, so a session may mark itself under any
/// other. Threads wait here for something to do.
class WorkSignal {
 public:
  struct Marked {
    std::uint64_t number = 0;
    std::weak_ptr<Session> session;  ///< expired where it has gone
  };

  void mark(std::uint64_t number, std::weak_ptr<Session> session) {
    {
      const std::lock_guard guard(mutex_);
      marked_.insert_or_assign(number, std::move(session));
      ++count_;
    }
    rung_.notify_one();
  }
  std::optional<Marked> take() {
    const std::lock_guard guard(mutex_);
    if (marked_.empty()) return std::nullopt;
    Marked first{marked_.begin()->first, std::move(marked_.begin()->second)};
    marked_.erase(marked_.begin());
    return first;
  }

  std::uint64_t count() const {
    const std::lock_guard guard(mutex_);
    return count_;
  }
  /// There is more to do than one thread has taken.
  void ring_one() {
    {
      const std::lock_guard guard(mutex_);
      ++count_;
    }
    rung_.notify_one();
  }
  void ring_all() {
    {
      const std::lock_guard guard(mutex_);
      ++count_;
    }
    rung_.notify_all();
  }
  /// Returns once it was rung, or a session marked, after `seen` was read.
  void wait_past(std::uint64_t seen) const {
    std::unique_lock lock(mutex_);
    rung_.wait(lock, [&] { return count_ != seen; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable rung_;
  std::map<std::uint64_t, std::weak_ptr<Session>> marked_;
  std::uint64_t count_ = 0;
};

/// Both of the scheduler's: what may be made, and what may be overdue for a live listener.
struct WorkSignals {
  std::atomic<std::uint64_t> next_number{1};  ///< of a session
  WorkSignal wanted;
  WorkSignal overdue;
};

}  // namespace focus::core
