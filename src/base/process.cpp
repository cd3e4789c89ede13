// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <array>
#include <atomic>
#include <pthread.h>

namespace focus::core {
namespace {

std::atomic<std::uint32_t> generation{0};

void enter_child() { generation.fetch_add(1, std::memory_order_relaxed); }

/// All that there are, in the order in which forking takes them.
struct ProcessMutexes {
  std::mutex adding;
  std::array<ProcessMutex*, 8> all{};
  std::size_t count = 0;

  void lock() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    adding.lock();
    for (std::size_t i = 0; i < count; ++i) all[i]->lock();
  }
  void unlock() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    for (std::size_t i = count; i > 0; --i) all[i - 1]->unlock();
    adding.unlock();
  }
};

ProcessMutexes& process_mutexes() {
  static ProcessMutexes mutexes;
  return mutexes;
}

}  // namespace

std::uint32_t fork_generation() {
  static const int registered = ::pthread_atfork(nullptr, nullptr, enter_child);
  static_cast<void>(registered);
  return generation.load(std::memory_order_relaxed);
}

ProcessMutex::ProcessMutex() {
  static const int registered =
      ::pthread_atfork([] { process_mutexes().lock(); }, [] { process_mutexes().unlock(); },
                       [] { process_mutexes().unlock(); });
  static_cast<void>(registered);
  ProcessMutexes& mutexes = process_mutexes();
  const std::lock_guard guard(mutexes.adding);
  mutexes.all.at(mutexes.count++) = this;
}

}  // namespace focus::core
