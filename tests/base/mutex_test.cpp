// SPDX-License-Identifier: MIT
#include "base/mutex.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace focus::core {
namespace {

/// Whether `body` ends the process by a failed assertion. Run in a child.
template <typename Body>
bool aborts(Body body) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    ::close(STDERR_FILENO);
    body();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

struct Counter {
  Mutex mutex;
  CondVar changed;
  int value ABSL_GUARDED_BY(mutex) = 0;
};

}  // namespace

TEST_CASE("a waiting thread goes on once its condition holds") {
  Counter counter;
  std::thread other([&] {
    const MutexLock lock(counter.mutex);
    counter.value = 7;
    counter.changed.notify_all();
  });
  int seen = 0;
  {
    const MutexLock lock(counter.mutex);
    while (counter.value == 0) counter.changed.wait(counter.mutex);
    seen = counter.value;
  }
  other.join();
  CHECK(seen == 7);
}

TEST_CASE("waiting until a moment that has passed returns, and the mutex is held again") {
  Counter counter;
  const MutexLock lock(counter.mutex);
  CHECK_FALSE(counter.changed.wait_until(counter.mutex, std::chrono::steady_clock::now()));
  counter.value = 1;
  CHECK(counter.value == 1);
}

TEST_CASE("mutexes are taken in the order of their ranks") {
  Mutex scheduler(LockRank::scheduler);
  Mutex session(LockRank::session);
  const MutexLock outer(scheduler);
  const MutexLock inner(session);
  SUCCEED();
}

#ifndef NDEBUG
TEST_CASE("taking a mutex against the lock order fails an assertion") {
  Mutex session(LockRank::session);
  Mutex store(LockRank::store);
  CHECK(aborts([&] {
    const MutexLock outer(store);
    const MutexLock inner(session);
  }));
  CHECK(aborts([&] {
    Mutex other(LockRank::session);
    const MutexLock outer(session);
    const MutexLock inner(other);
  }));
}

TEST_CASE("a slow call under a session's mutex fails an assertion") {
  Mutex session(LockRank::session);
  Mutex store(LockRank::store);
  CHECK(aborts([&] {
    const MutexLock outer(session);
    const MutexLock inner(store);
  }));
  CHECK_FALSE(aborts([&] {
    const MutexLock lock(store);
    assert_no_session_lock();
  }));
  CHECK(aborts([&] {
    const MutexLock lock(session);
    assert_no_session_lock();
  }));
}
#endif

}  // namespace focus::core
