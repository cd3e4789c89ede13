// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <atomic>
#include <chrono>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

ProcessMutex shared;

/// What a child answers that does this; nothing where it hangs.
template <typename Work>
bool child_does(Work work) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::alarm(5);  // ends it where it hangs
    work();
    ::_exit(7);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 7;
}

}  // namespace

TEST_CASE("a forked child finds a mutex of the process free that another thread holds") {
  std::atomic<bool> held{false};
  std::thread holder([&] {
    const std::lock_guard guard(shared);
    held = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  });
  while (!held) std::this_thread::yield();
  CHECK(child_does([] { const std::lock_guard guard(shared); }));
  holder.join();
  const std::lock_guard guard(shared);  // and it is free here as well
}

TEST_CASE("each fork is another generation") {
  const std::uint32_t here = fork_generation();
  CHECK(fork_generation() == here);
  CHECK(child_does([here] {
    if (fork_generation() == here) ::_exit(1);
  }));
  CHECK(fork_generation() == here);
}
