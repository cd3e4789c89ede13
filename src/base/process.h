// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>

namespace focus::core {

/// Counts the forks that lead to this process, from the first call on: what was made under another
/// number belongs to a process whose threads are not here. After the first call it is one atomic
/// load, fit for the audio thread.
std::uint32_t fork_generation();

/// A mutex of the whole process's: who forks waits until it is free, so that the child, which has
/// none of the other threads, finds it free too. For objects of namespace scope alone, made before
/// there are threads, and to be held for moments.
class ProcessMutex {
 public:
  ProcessMutex();
  ProcessMutex(const ProcessMutex&) = delete;
  ProcessMutex& operator=(const ProcessMutex&) = delete;

  void lock() { mutex_.lock(); }
  void unlock() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

}  // namespace focus::core
