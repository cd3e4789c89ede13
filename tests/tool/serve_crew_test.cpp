// SPDX-License-Identifier: MIT
// Threads that attend to sockets while others are in calls that take long.
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <thread>

#include <catch2/catch.hpp>

#include "tool/serve/crew.h"

using cli::Crew;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

namespace {

/// A crew at work until the end of a test.
struct Working {
  explicit Working(std::size_t most) : crew(context, 2, most) { crew.start(); }
  ~Working() { context.stop(); }

  /// Whether something that is to be done now is done soon.
  bool attends() {
    std::atomic<bool> done{false};
    boost::asio::post(context, [&] { done = true; });
    for (int i = 0; i < 5000 && !done; ++i) std::this_thread::sleep_for(milliseconds(1));
    return done;
  }

  boost::asio::io_context context;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work =
      boost::asio::make_work_guard(context);
  Crew crew;
};

}  // namespace

TEST_CASE("calls that take long do not keep others from being attended to") {
  std::atomic<bool> release{false};
  std::atomic<int> calls{0};
  Working working(64);
  for (int i = 0; i < 40; ++i) {
    boost::asio::post(working.context, [&] {
      const Crew::Call call(working.crew);
      ++calls;
      while (!release) std::this_thread::sleep_for(milliseconds(1));
    });
  }
  CHECK(working.attends());
  CHECK(calls == 40);
  release = true;
  CHECK(working.attends());
}

TEST_CASE("there are no more threads than there may be") {
  std::atomic<bool> release{false};
  std::atomic<int> calls{0};
  Working working(5);
  for (int i = 0; i < 20; ++i) {
    boost::asio::post(working.context, [&] {
      const Crew::Call call(working.crew);
      ++calls;
      while (!release) std::this_thread::sleep_for(milliseconds(1));
    });
  }
  for (int i = 0; i < 5000 && calls < 5; ++i) std::this_thread::sleep_for(milliseconds(1));
  std::this_thread::sleep_for(milliseconds(50));
  CHECK(calls == 5);
  release = true;
  CHECK(working.attends());
  CHECK(calls == 20);
}

TEST_CASE("threads that were sent in place of others rest when those are back") {
  constexpr int kCalls = 20;
  std::atomic<bool> release{false};
  std::atomic<int> calls{0};
  Working working(64);
  for (int i = 0; i < kCalls; ++i) {
    boost::asio::post(working.context, [&] {
      const Crew::Call call(working.crew);
      ++calls;
      while (!release) std::this_thread::sleep_for(milliseconds(1));
    });
  }
  REQUIRE(working.attends());
  release = true;
  std::this_thread::sleep_for(milliseconds(200));
  for (int i = 0; i < 100; ++i) REQUIRE(working.attends());  // each looks whether it is needed

  // Outside of a call a thread is not replaced: as many are held up as attend.
  std::atomic<bool> go_on{false};
  std::atomic<int> held{0};
  for (int i = 0; i < kCalls; ++i) {
    boost::asio::post(working.context, [&] {
      ++held;
      while (!go_on) std::this_thread::sleep_for(milliseconds(1));
    });
  }
  std::this_thread::sleep_for(milliseconds(300));
  CHECK(held >= 1);
  CHECK(held <= 4);
  go_on = true;
  while (held < kCalls) std::this_thread::sleep_for(milliseconds(1));
  CHECK(working.attends());
}

TEST_CASE("a call that does not end is not waited for beyond the deadline") {
  std::atomic<bool> release{false};
  std::atomic<bool> is_in_call{false};
  Working working(4);
  boost::asio::post(working.context, [&] {
    const Crew::Call call(working.crew);
    is_in_call = true;
    while (!release) std::this_thread::sleep_for(milliseconds(1));
  });
  while (!is_in_call) std::this_thread::sleep_for(milliseconds(1));
  working.context.stop();
  CHECK_FALSE(working.crew.finish(steady_clock::now() + milliseconds(50)));
  release = true;
  CHECK(working.crew.finish(steady_clock::now() + seconds(30)));
}
