// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace cli {

/// Threads that are made when there is work for them, and go when there was none for a while.
class WorkerPool {
 public:
  explicit WorkerPool(std::size_t most_threads);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Runs `task`, which must not throw, on a thread that has nothing else to do; later only where
  /// as many threads as may be are at work. [any-thread]
  void run(std::function<void()> task);

  /// Waits until everything has been run and every thread has gone. False at the deadline.
  bool finish(std::chrono::steady_clock::time_point deadline);

 private:
  struct State;
  static void work(const std::shared_ptr<State>& state);

  std::shared_ptr<State> state_;  // shared with the threads, which nobody joins
};

}  // namespace cli
