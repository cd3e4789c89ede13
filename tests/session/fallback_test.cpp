// SPDX-License-Identifier: MIT
// Who plays a segment where the session's own engine does not, and what is said of it.
#include <atomic>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/error.h"
#include "session/session_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

plan::Request quick_request(int minutes) {
  plan::Request request = tone_request(minutes);
  request.sample_rate = 8000;
  request.format = audio::AudioFormat::wav;
  return request;
}

/// The events that say that another engine stands in.
std::vector<session::Event> stand_ins(session::Session& session) {
  std::vector<session::Event> events;
  std::uint64_t cursor = 0;
  while (const auto event = session.events().poll(cursor)) {
    if (event->type == session::EventType::fallback) events.push_back(*event);
  }
  return events;
}

}  // namespace

TEST_CASE("an engine that takes longer than the session allows is stood in for") {
  ManualClock clock;
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink& sink) {
    if (brief.index != 1) return absl::OkStatus();
    clock.advance(7.4);
    if (sink.cancelled()) return internal_error("given up too early");
    clock.advance(0.1);
    return sink.cancelled() ? cancelled_error() : internal_error("not given up");
  };
  session::ServiceOptions options;
  options.worker_count = 1;
  options.clock = &clock;
  const auto service = open_service(options, engine);
  plan::Request request = quick_request(1);
  request.fallback_after_seconds = 7.5;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  const auto events = stand_ins(**session);
  REQUIRE(events.size() == 1);
  CHECK(events.front().segment_index == 1);
  CHECK(events.front().engine == "studio");
  CHECK(events.front().message == "engine 'tone' failed: it took longer than 7.5 s");
  CHECK((*session)->view().segments[1]->engine == "studio");
  CHECK((*session)->view().segments[0]->engine == "tone");
}

TEST_CASE("the fallback itself may take as long as it likes") {
  ManualClock clock;
  const auto slow = [&](const plan::Brief&, engines::SegmentSink& sink) {
    clock.advance(100.0);
    return sink.cancelled() ? cancelled_error() : absl::OkStatus();
  };
  const auto engine = std::make_shared<ToneEngine>();
  const auto standby = std::make_shared<ToneEngine>("standby");
  engine->before = standby->before = slow;
  session::ServiceOptions options;
  options.worker_count = 1;
  options.clock = &clock;
  const auto service = open_service(options, engine);
  REQUIRE(service->engines().add(standby).ok());
  plan::Request request = quick_request(1);
  request.fallback = "standby";
  request.fallback_after_seconds = 1.0;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  for (const auto& segment : (*session)->view().segments) CHECK(segment->engine == "standby");
  CHECK(stand_ins(**session).size() == (*session)->view().segments.size());
}

TEST_CASE("an engine that gives up unasked is stood in for, and not asked again for ever") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [](const plan::Brief&, engines::SegmentSink&) { return cancelled_error(); };
  const auto service = open_service(1, engine);
  const auto session = service->start(quick_request(1));
  REQUIRE(all_ready(**session));
  const auto events = stand_ins(**session);
  CHECK(events.size() == (*session)->view().segments.size());
  CHECK(events.front().message.find("nobody had asked it to") != std::string::npos);
}

TEST_CASE("where the fallback fails too, the built-in engine plays") {
  const auto engine = std::make_shared<ToneEngine>();
  const auto standby = std::make_shared<ToneEngine>("standby");
  engine->before = standby->before = [](const plan::Brief&, engines::SegmentSink&) {
    return internal_error("out of coffee");
  };
  const auto service = open_service(1, engine);
  REQUIRE(service->engines().add(standby).ok());
  plan::Request request = quick_request(1);
  SECTION("another one") { request.fallback = "standby"; }
  SECTION("the engine itself") { request.fallback = "tone"; }
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  for (const auto& segment : (*session)->view().segments) {
    CHECK(segment->engine == "studio");
    CHECK(segment->fallback);
  }
  CHECK(stand_ins(**session).back().engine == "studio");
}

TEST_CASE("the default engine has a fallback too, and is not asked twice") {
  const auto engine = std::make_shared<ToneEngine>();
  const auto service = session::Service::open({});
  REQUIRE(service.ok());
  const auto studio = (*service)->engines().find("studio").value();
  REQUIRE((*service)->engines().add(engine).ok());
  plan::Request request = quick_request(1);
  request.engine = "studio";
  request.fallback = "tone";
  const auto session = (*service)->start(request);
  CHECK((*session)->work().stand_in_for(*studio) == engine);
  CHECK((*session)->work().stand_in_for(*engine) == nullptr);
}

TEST_CASE("an engine is free for others while its fallback plays") {
  const auto narrow = std::make_shared<ToneEngine>("narrow");
  narrow->edit_info().concurrency = 1;
  narrow->before = [](const plan::Brief& brief, engines::SegmentSink&) {
    return brief.seed == 1 ? internal_error("out of coffee") : absl::OkStatus();
  };
  std::atomic<bool> open{false};
  const auto standby = std::make_shared<ToneEngine>("standby");
  standby->before = [&](const plan::Brief&, engines::SegmentSink& sink) {
    while (!open && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return absl::OkStatus();
  };
  const auto service = open_service(2, narrow);
  REQUIRE(service->engines().add(standby).ok());
  plan::Request request = quick_request(1);
  request.engine = "narrow";
  request.fallback = "standby";
  request.look_ahead = 0;
  const auto failing = service->start(request);
  request.seed = 2;
  const auto healthy = service->start(request);
  REQUIRE((*healthy)->wait_ready(0).ok());
  CHECK((*failing)->view().ready_count == 0);
  open = true;
  REQUIRE((*failing)->wait_ready(0).ok());
}

TEST_CASE("ready events and records tell who has played, and under which licence") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->edit_info().licence_class = engines::LicenceClass::personal_only;
  engine->edit_info().vocals = true;
  engine->before = [](const plan::Brief& brief, engines::SegmentSink&) {
    return brief.index == 1 ? internal_error("out of coffee") : absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  const auto session = service->start(quick_request(1));
  REQUIRE(all_ready(**session));
  const session::SessionView view = (*session)->view();
  CHECK(view.segments[0]->licence_class == "personal_only");
  CHECK_FALSE(view.segments[0]->instrumental);
  CHECK(view.segments[1]->licence_class == "commercial_cleared");
  CHECK(view.segments[1]->instrumental);
  std::uint64_t cursor = 0;
  int ready = 0;
  while (const auto event = (*session)->events().poll(cursor)) {
    if (event->type != session::EventType::segment_ready) continue;
    CHECK(event->engine == (event->segment_index == 1 ? "studio" : "tone"));
    ++ready;
  }
  CHECK(ready == static_cast<int>(view.segments.size()));
}

TEST_CASE("a session whose engine is there no more keeps its music and is finished by the fallback",
          "[files]") {
  const TempFolder folder;
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder / "data";
  options.worker_count = 1;
  std::string id;
  {
    const auto engine = std::make_shared<ToneEngine>();
    engine->edit_info().licence_class = engines::LicenceClass::commercial_enterprise;
    engine->before = [](const plan::Brief& brief, engines::SegmentSink& sink) {
      while (brief.index > 0 && !sink.cancelled()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      return absl::OkStatus();
    };
    const auto service = open_service(options, engine);
    const auto session = service->start(quick_request(1));
    REQUIRE((*session)->wait_ready(0).ok());
    id = (*session)->id();
  }
  const auto service = open_service(options);
  const auto session = service->open_session(id);
  REQUIRE(session.ok());
  CHECK((*session)->open_segment(0).ok());
  REQUIRE(all_ready(**session));
  const session::SessionView view = (*session)->view();
  CHECK(view.segments[0]->engine == "tone");
  CHECK(view.segments[0]->licence_class == "commercial_enterprise");
  CHECK(view.segments[1]->engine == "studio");
  CHECK(view.segments[1]->fallback);
  REQUIRE_FALSE(stand_ins(**session).empty());
  CHECK(stand_ins(**session).front().message.find("no engine 'tone' any more") !=
        std::string::npos);
}
