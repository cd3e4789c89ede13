// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "support/child.h"

using namespace focus::core;
using namespace focus::test;

namespace {

ProcessMutex shared;

/// False where it hangs.
template <typename Work>
bool child_does(Work work) {
  const pid_t child = begin_child([&] {
    ::alarm(5);  // ends it where it hangs
    return work() ? 7 : 1;
  });
  return end_of_child(child) == 7;
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
  CHECK(child_does([] {
    const std::lock_guard guard(shared);
    return true;
  }));
  holder.join();
  const std::lock_guard guard(shared);  // and it is free here as well
}

TEST_CASE("each fork is another generation") {
  const std::uint32_t here = fork_generation();
  CHECK(fork_generation() == here);
  CHECK(child_does([here] { return fork_generation() != here; }));
  CHECK(fork_generation() == here);
}
