// SPDX-License-Identifier: MIT
#include "base/thread.h"

#include <csignal>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

sigset_t blocked_here() {
  sigset_t blocked;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  return blocked;
}

}  // namespace

TEST_CASE("a thread of the library takes no signal of the host") {
  sigset_t inside;
  start_thread([&] { inside = blocked_here(); }).join();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGPROF, SIGCHLD, SIGUSR1, SIGUSR2}) {
    CHECK(sigismember(&inside, signal) == 1);
  }
  // A crash still reaches the host's handler.
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    CHECK(sigismember(&inside, signal) == 0);
  }
}

TEST_CASE("the thread that starts another keeps its own signals") {
  sigset_t before = blocked_here();
  start_thread([] {}).join();
  sigset_t after = blocked_here();
  for (int signal = 1; signal < SIGRTMIN; ++signal) {
    CHECK(sigismember(&before, signal) == sigismember(&after, signal));
  }
}
