// SPDX-License-Identifier: MIT
// The mutexes of the library. Clang's thread-safety analysis (-Wthread-safety) checks at compile
// time that a guarded field is touched only under its mutex; a build with assertions checks at run
// time that mutexes are taken in the one order of `LockRank`.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include <absl/base/thread_annotations.h>

#include "base/lock_rank.h"

namespace focus::core {

/// A mutex with a place in the lock order. Declare what it guards with ABSL_GUARDED_BY, and a
/// function that expects it to be held with ABSL_EXCLUSIVE_LOCKS_REQUIRED.
class ABSL_LOCKABLE Mutex {
 public:
  constexpr explicit Mutex(LockRank rank = LockRank::leaf) : rank_(rank) {}
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() {
    note_lock_taken(rank_);
    mutex_.lock();
  }
  void unlock() ABSL_UNLOCK_FUNCTION() {
    mutex_.unlock();
    note_lock_released(rank_);
  }

 private:
  friend class CondVar;

  std::mutex mutex_;
  const LockRank rank_;
};

/// Holds a Mutex or a ProcessMutex for as long as it lives.
template <typename Lockable>
class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Lockable& mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : mutex_(mutex) {
    mutex_.lock();
  }
  ~MutexLock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Lockable& mutex_;
};

/// A condition variable. The caller waits in a loop that tests its condition, so that the analysis
/// sees the guarded fields it reads: `while (!ready_) changed_.wait(mutex_);`
class CondVar {
 public:
  void wait(Mutex& mutex) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    Adopted lock(mutex);
    condition_.wait(lock.lock);
  }
  /// Returns false once `deadline` has passed.
  bool wait_until(Mutex& mutex, std::chrono::steady_clock::time_point deadline)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    Adopted lock(mutex);
    return condition_.wait_until(lock.lock, deadline) == std::cv_status::no_timeout;
  }
  void notify_one() { condition_.notify_one(); }
  void notify_all() { condition_.notify_all(); }

 private:
  /// Lends the caller's mutex to std::condition_variable, and leaves it locked.
  struct Adopted {
    explicit Adopted(Mutex& mutex) : lock(mutex.mutex_, std::adopt_lock) {}
    ~Adopted() { lock.release(); }
    std::unique_lock<std::mutex> lock;
  };

  std::condition_variable condition_;
};

}  // namespace focus::core
