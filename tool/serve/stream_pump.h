// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cli {

/// A few threads that look after everything that goes on for long, bit by bit and in turn. So a
/// stream costs no thread, and one that is slow to take its turn holds up one thread at most.
class StreamPump {
 public:
  /// How often each stream has its turn.
  static constexpr std::chrono::milliseconds kPeriod{50};

  /// A turn, which does not wait. Returns false at the end of the stream. Must not throw.
  using Turn = std::function<bool()>;

  explicit StreamPump(int threads);
  ~StreamPump();
  StreamPump(const StreamPump&) = delete;
  StreamPump& operator=(const StreamPump&) = delete;

  /// Calls `turn` at once and then each period, on one thread at a time, until it returns false.
  /// [any-thread]
  void add(Turn turn);
  /// Returns when no turn is being taken; there are no others then.
  void stop();

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Stream {
    Turn turn;
    Moment due;
  };
  void run();

  std::mutex mutex_;
  std::condition_variable news_;
  std::deque<Stream> streams_;  // the first that is due comes first
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace cli
