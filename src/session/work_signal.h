// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "base/mutex.h"

namespace focus::core::session {

class Session;

/// How sessions tell the workers that they may want something else than before: a session marks
/// itself, and stays marked until a worker looks at it. Threads wait here for something to do. The
/// mutex is a leaf, so a session may mark itself under any other. Thread-safe.
///
/// A mark never fails. Where there is no memory for it the signal notes that one was missed, and
/// the scheduler looks at all its sessions instead.
class WorkSignal {
 public:
  struct Marked {
    std::uint64_t number = 0;
    std::weak_ptr<Session> session;  ///< expired where the session is gone
  };

  void mark(std::uint64_t number, std::weak_ptr<Session> session) noexcept {
    {
      const MutexLock lock(mutex_);
      try {
        marked_.insert_or_assign(number, std::move(session));
      } catch (...) {
        has_missed_ = true;
      }
      ++count_;
    }
    rung_.notify_one();
  }
  /// A thread has taken marks and could not follow them.
  void miss() noexcept {
    const MutexLock lock(mutex_);
    has_missed_ = true;
    ++count_;
  }
  /// Whether a mark was missed since the last call.
  bool take_missed() noexcept {
    const MutexLock lock(mutex_);
    return std::exchange(has_missed_, false);
  }
  std::optional<Marked> take() {
    const MutexLock lock(mutex_);
    if (marked_.empty()) return std::nullopt;
    Marked first{marked_.begin()->first, std::move(marked_.begin()->second)};
    marked_.erase(marked_.begin());
    return first;
  }

  std::uint64_t count() const {
    const MutexLock lock(mutex_);
    return count_;
  }
  /// There is more to do than one thread has taken.
  void ring_one() {
    {
      const MutexLock lock(mutex_);
      ++count_;
    }
    rung_.notify_one();
  }
  void ring_all() {
    {
      const MutexLock lock(mutex_);
      ++count_;
    }
    rung_.notify_all();
  }
  /// Returns once it was rung, or a session marked, after `seen` was read.
  void wait_past(std::uint64_t seen) const {
    const MutexLock lock(mutex_);
    while (count_ == seen) rung_.wait(mutex_);
  }
  /// The same, but not for longer than `most`.
  void wait_past(std::uint64_t seen, std::chrono::milliseconds most) const {
    const auto deadline = std::chrono::steady_clock::now() + most;
    const MutexLock lock(mutex_);
    while (count_ == seen && rung_.wait_until(mutex_, deadline)) continue;
  }

 private:
  mutable Mutex mutex_;
  mutable CondVar rung_;
  std::map<std::uint64_t, std::weak_ptr<Session>> marked_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  bool has_missed_ ABSL_GUARDED_BY(mutex_) = false;
};

/// The scheduler's two: sessions that may have something to make, and sessions of which something
/// may be overdue for a live listener.
struct WorkSignals {
  std::atomic<std::uint64_t> next_number{1};  ///< of a session
  WorkSignal wanted;
  WorkSignal overdue;
};

}  // namespace focus::core::session
