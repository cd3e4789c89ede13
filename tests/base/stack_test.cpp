// SPDX-License-Identifier: MIT
#include "base/stack.h"

#include <new>
#include <pthread.h>
#include <thread>

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;

namespace {

void on_stack_of(std::size_t bytes, void (*body)(void*), void* argument) {
  struct Call {
    void (*body)(void*);
    void* argument;
  } call{body, argument};
  pthread_attr_t attributes;
  REQUIRE(::pthread_attr_init(&attributes) == 0);
  REQUIRE(::pthread_attr_setstacksize(&attributes, bytes) == 0);
  pthread_t thread;
  const auto run = [](void* given) -> void* {
    const auto& called = *static_cast<Call*>(given);
    called.body(called.argument);
    return nullptr;
  };
  REQUIRE(::pthread_create(&thread, &attributes, run, &call) == 0);
  ::pthread_join(thread, nullptr);
  ::pthread_attr_destroy(&attributes);
}

/// Touches 256 KiB of the stack.
absl::Status take_much() {
  constexpr std::size_t kMuch = std::size_t{256} << 10;
  volatile char much[kMuch];
  for (std::size_t at = 0; at < kMuch; at += 512) much[at] = 1;
  return much[512] == 1 ? absl::OkStatus() : internal_error("not written");
}

}  // namespace

TEST_CASE("work that needs much stack runs for a thread that has little") {
  struct Seen {
    std::size_t left = 0;
    absl::Status status = internal_error("not run");
    absl::Status thrown;
  } seen;
  on_stack_of(
      std::size_t{64} << 10,
      [](void* argument) {
        auto& result = *static_cast<Seen*>(argument);
        result.left = stack_left();
        result.status = with_enough_stack(take_much);
        result.thrown = with_enough_stack([]() -> absl::Status { throw std::bad_alloc(); });
      },
      &seen);
  CHECK(seen.left < (std::size_t{192} << 10));  // a sanitizer adds what it needs
  CHECK(seen.status.ok());
  CHECK(has_fault(seen.thrown, Fault::memory));
}

TEST_CASE("work stays on a thread with enough stack") {
  const auto caller = std::this_thread::get_id();
  std::thread::id worker;
  CHECK(with_enough_stack([&] {
          worker = std::this_thread::get_id();
          return absl::OkStatus();
        }).ok());
  CHECK(worker == caller);
}
