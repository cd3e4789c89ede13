// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>

#include <absl/base/thread_annotations.h>

namespace focus::core {

/// Returns the number of forks between the first call of this function and the current process. An
/// object that was created under a different number belongs to a parent process, whose threads do
/// not exist here. Every call after the first is one atomic load, hence safe on the audio thread.
std::uint32_t fork_generation();

/// A mutex that survives fork(). A thread that forks first takes every ProcessMutex, so that none
/// is locked in the child by a thread that the child does not have. Only for objects of namespace
/// scope that are constructed before there are threads. Hold it for moments only: fork() waits for
/// it.
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
