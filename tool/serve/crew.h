// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace cli {

/// The threads that attend to all sockets, and that call the library for what comes from them.
///
/// Most calls take microseconds, and to hand each to another thread would take longer than the
/// call. So a thread makes it itself, and says so: it does not count as attending meanwhile. Where
/// it stays away for more than a moment, another thread is sent to attend in its place, so that
/// sockets are never held up by the library. When it comes back, one thread too many attends, and
/// rests.
class Crew {
 public:
  /// @param attending how many threads attend at a time
  /// @param most how many there are at most, with those that are in calls
  Crew(boost::asio::io_context& context, std::size_t attending, std::size_t most);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  void start();

  /// For as long as it exists, the calling thread, which must be of the crew, may wait.
  class Call {
   public:
    explicit Call(Crew& crew);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
  };

  /// After the context was stopped: waits until every thread has ended. False at the deadline; the
  /// process has to end then, because a thread is still in a call.
  bool finish(std::chrono::steady_clock::time_point deadline);

 private:
  struct Member {
    std::thread thread;
    std::atomic<std::int64_t> away_since{0};  // in milliseconds of the steady clock; 0: attends
    bool rests = false;
  };

  void attend(Member& member);
  void rest_if_too_many(Member& member);
  void watch();
  void look();
  void send_another();

  boost::asio::io_context& context_;
  const std::size_t attending_;
  const std::size_t most_;
  std::atomic<std::size_t> at_work_{0};    // attending, or in a call
  std::atomic<std::size_t> long_away_{0};  // of these, in a call that takes long
  std::atomic<bool> watcher_sleeps_{false};
  std::mutex mutex_;
  std::condition_variable wake_watcher_;
  std::condition_variable wake_member_;
  std::condition_variable member_ended_;
  std::vector<std::unique_ptr<Member>> members_;
  std::size_t ended_ = 0;
  bool finishing_ = false;
  std::thread watcher_;
};

}  // namespace cli
