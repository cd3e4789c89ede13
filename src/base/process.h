// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>

#include <absl/base/thread_annotations.h>

namespace focus::core {

/// Counts the forks that lead to this process, from the first call on: what was made under another
/// number belongs to a process whose threads are not here. After the first call it is one atomic
/// load, fit for the audio thread.
std::uint32_t fork_generation();

/// A mutex of the whole process's: who forks waits until it is free, so that the child, which has
/// none of the other threads, finds it free too. For objects of namespace scope alone, made before
/// there are threads, and to be held for moments.
class ABSL_LOCKABLE ProcessMutex {
 public:
  ProcessMutex();
  ProcessMutex(const ProcessMutex&) = delete;
  ProcessMutex& operator=(const ProcessMutex&) = delete;

  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mutex_.lock(); }
  void unlock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

}  // namespace focus::core
