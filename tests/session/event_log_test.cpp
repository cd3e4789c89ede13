// SPDX-License-Identifier: MIT
#include "session/event_log.h"

#include <thread>

#include <catch2/catch.hpp>

using namespace focus::core;
using namespace std::chrono_literals;

TEST_CASE("every reader sees every event since it came, in order") {
  session::EventLog log;
  log.add({session::EventType::segment_ready, 0, absl::OkStatus(), ""});
  std::uint64_t late = log.now();
  std::uint64_t early = 0;
  log.add({session::EventType::segment_ready, 1, absl::OkStatus(), ""});
  CHECK(log.poll(early)->segment_index == 0);
  CHECK(log.poll(early)->segment_index == 1);
  CHECK_FALSE(log.poll(early).has_value());
  CHECK(log.poll(late)->segment_index == 1);
  CHECK_FALSE(log.wait(late, 1ms).has_value());
}

TEST_CASE("a reader that stays away loses the oldest events, never the newest") {
  session::EventLog log;
  std::uint64_t cursor = 0;
  const int count = static_cast<int>(session::EventLog::kKept) + 10;
  for (int i = 0; i < count; ++i)
    log.add({session::EventType::segment_ready, i, absl::OkStatus(), ""});
  CHECK(log.poll(cursor)->segment_index == 10);
  int last = 0;
  while (const auto event = log.poll(cursor)) last = event->segment_index;
  CHECK(last == count - 1);
}

TEST_CASE("a waiting reader is woken by the event") {
  session::EventLog log;
  std::thread writer([&] {
    log.add({session::EventType::status_changed, -1, absl::OkStatus(), "x"});
  });
  std::uint64_t cursor = 0;
  const auto event = log.wait(cursor, 10s);
  writer.join();
  REQUIRE(event.has_value());
  CHECK(event->message == "x");
}
