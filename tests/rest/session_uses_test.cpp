// SPDX-License-Identifier: MIT
#include "rest/session_uses.h"

#include <catch2/catch.hpp>

#include "rest/rest_fixture.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("a session goes on being made without any handle, and is let go when nobody asks",
          "[uses]") {
  RestFixture api;
  const std::string path = api.start_and_wait();
  const std::string id = path.substr(path.rfind('/') + 1);
  const std::int64_t later = api.clock.unix_seconds() + 1'000'000;
  CHECK(api.service->delete_expired(later).value() == 0);
  api.clock.advance(rest::SessionUses::kKeptSeconds);
  CHECK(api.get(path).status == 200);  // asked for, and so kept on
  api.rest->let_go_idle();
  CHECK(api.service->delete_expired(later).value() == 0);
  api.clock.advance(rest::SessionUses::kKeptSeconds + 1.0);
  api.rest->let_go_idle();
  CHECK(api.get(path).status == 200);  // opened again from the store
  api.clock.advance(rest::SessionUses::kKeptSeconds + 1.0);
  api.rest->let_go_idle();
  CHECK(api.service->delete_expired(later).value() == 1);
  CHECK(api.get(path).status == 404);
}

TEST_CASE("a session whose engine takes its time is not let go", "[uses]") {
  RestFixture api;
  std::atomic<bool> may_go_on{false};
  api.engine->before = [&](const plan::Brief&, engines::SegmentSink& sink) {
    while (!may_go_on && !sink.cancelled()) std::this_thread::yield();
    return absl::OkStatus();
  };
  const std::string path = api.start(R"(,"look_ahead":0)");
  REQUIRE(eventually([&] { return api.service->load().segments_in_flight == 1; }));
  api.clock.advance(2 * rest::SessionUses::kKeptSeconds);
  api.rest->let_go_idle();
  may_go_on = true;
  CHECK(eventually([&] { return api.service->tally().made().contains("tone"); }));
}

TEST_CASE("where nobody can ask any more, sessions are not made for a stream of another",
          "[uses]") {
  RestFixture api;
  std::atomic<int> given_up{0};
  api.engine->before = [&](const plan::Brief&, engines::SegmentSink& sink) {
    while (!sink.cancelled()) std::this_thread::yield();
    ++given_up;
    return cancelled_error();
  };
  const std::string path = api.start(R"(,"look_ahead":0)");
  Reply stream = api.ask("GET", path + "/events");
  api.start(R"(,"look_ahead":0)");
  REQUIRE(eventually([&] { return api.service->load().segments_in_flight == 2; }));
  api.rest.reset();
  CHECK(eventually([&] { return api.service->load().segments_in_flight == 1; }));
  stream.stream.reset();
  CHECK(eventually([&] { return given_up == 2; }));
}
