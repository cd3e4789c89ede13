// SPDX-License-Identifier: MIT
// A disk that is slow for one caller holds up nobody else. The disk of these tests is not slow: it
// stands still until the test lets it go on, after everything else has returned. So nothing here
// depends on how fast the machine is, and a call that waits for the disk makes the test fail.
#include <future>
#include <string>

#include <absl/cleanup/cleanup.h>

#include "session/session_fixture.h"
#include "session/wrapped_store.h"
#include "support/temp_folder.h"
#include "support/test_disk.h"

using namespace focus::core;
using namespace focus::test;

namespace {

plan::Steering to(plan::Goal goal) {
  plan::Steering steering;
  steering.goal = goal;
  return steering;
}

/// A service in a folder, with a session whose first segment is stuck on its way to the disk.
struct StuckSegment {
  TestDisk disk;
  TempFolder folder;
  std::shared_ptr<session::Service> service;
  std::optional<session::SessionUse> first;

  StuckSegment() {
    session::ServiceOptions options;
    options.storage = session::Storage::folder;
    options.data_folder = folder.path();
    options.worker_count = 1;
    options.disk = &disk;
    service = open_service(options, std::make_shared<ToneEngine>());
    disk.close();
    first.emplace(*service->start(tone_request(2)));
    REQUIRE(eventually([&] { return disk.waiting() > 0; }));
  }
  ~StuckSegment() { disk.open(); }
};

/// Runs `call` on a thread of its own; whether it returns although the disk stands still.
template <typename Action>
bool is_done(Action call) {
  auto result = std::async(std::launch::async, call);
  return result.wait_for(std::chrono::seconds(FOCUS_TEST_PATIENCE_SECONDS)) ==
         std::future_status::ready;
}

}  // namespace

TEST_CASE("while a segment waits for the disk, sessions are started, shown, steered and ended",
          "[files]") {
  StuckSegment stuck;
  session::Service& service = *stuck.service;
  // Released also where a call below does not return, so that the test fails and does not hang.
  const absl::Cleanup at_last = [&] { stuck.disk.open(); };
  std::optional<session::SessionUse> other;
  CHECK(is_done([&] { other.emplace(*service.start(tone_request(3))); }));
  REQUIRE(other);
  CHECK(is_done([&] { service.view(**other); }));
  CHECK(is_done([&] { service.view(**stuck.first); }));
  CHECK(is_done([&] { CHECK((*other)->steer(to(plan::Goal::relax)).ok()); }));
  CHECK(is_done([&] { CHECK((*stuck.first)->steer(to(plan::Goal::relax)).ok()); }));
  CHECK(is_done([&] { CHECK(service.open_session((*other)->id()).ok()); }));
  CHECK(is_done([&] { CHECK((*other)->end().ok()); }));
  CHECK(is_done([&] { CHECK(service.load().workers == 1); }));
}

TEST_CASE("while a segment waits for the disk, its session's listener is not held up", "[files]") {
  StuckSegment stuck;
  session::Session& session = **stuck.first;
  const absl::Cleanup at_last = [&] { stuck.disk.open(); };
  CHECK(is_done([&] {
    const int listener = session.audience().add(session::Listeners::Kind::live);
    session.audience().move(listener, session::Hearing{});
    session.readiness(0);
    session.plan();
    session.audience().remove(listener);
  }));
}

TEST_CASE("what was stuck when its session was steered is not kept once the disk goes on",
          "[files]") {
  StuckSegment stuck;
  session::Session& session = **stuck.first;
  REQUIRE(session.steer(to(plan::Goal::relax)).ok());
  stuck.disk.open();
  REQUIRE(all_ready(session));
  CHECK(session.view().segments.size() ==
        stuck.service->store().segments().list(session.id())->size());
}

TEST_CASE("old sessions are deleted without holding up a start", "[files]") {
  TestDisk disk;
  const TempFolder folder;
  ManualClock clock;
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder.path();
  options.worker_count = 1;
  options.disk = &disk;
  options.clock = &clock;
  const auto service = open_service(options, std::make_shared<ToneEngine>());
  for (int i = 0; i < 5; ++i) {
    const auto session = service->start(tone_request(1));
    REQUIRE(all_ready(**session));
    REQUIRE((*session)->end().ok());
  }
  clock.advance(3600.0);
  disk.close();
  const absl::Cleanup at_last = [&] { disk.open(); };
  CHECK(is_done([&] { CHECK(service->delete_expired(clock.unix_seconds() - 60).value() == 5); }));
  CHECK(is_done([&] { CHECK(service->start(tone_request(1)).ok()); }));
}

TEST_CASE("two threads that open the same session open one, and another thread opens others",
          "[files]") {
  const TempFolder folder;
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder.path();
  options.worker_count = 1;
  const auto service = open_service(options, std::make_shared<ToneEngine>());
  std::string id;
  {
    const auto session = service->start(tone_request(1));
    REQUIRE(all_ready(**session));
    id = (*session)->id();
  }
  auto first = std::async(std::launch::async, [&] { return service->open_session(id); });
  auto second = std::async(std::launch::async, [&] { return service->open_session(id); });
  const auto one = first.get();
  const auto two = second.get();
  REQUIRE(one.ok());
  REQUIRE(two.ok());
  CHECK(&**one == &**two);
}
