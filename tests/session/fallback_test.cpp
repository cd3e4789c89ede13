// SPDX-License-Identifier: MIT
// Who plays a segment where the session's own engine does not, and what is said of it.
#include <atomic>
#include <cmath>
#include <functional>
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
  REQUIRE(service->engines().add(std::make_shared<ToneEngine>("standby")).ok());
  plan::Request request = quick_request(1);
  request.fallback = "standby";
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  const auto events = stand_ins(**session);
  CHECK(events.size() == (*session)->view().segments.size());
  CHECK(events.front().message.find("nobody had asked it to") != std::string::npos);
}

namespace {

/// Plays its second segment with a defect: a tone of `level` of which `spoil` makes what it likes.
std::shared_ptr<ToneEngine> spoilt_engine(std::function<float(double t, float tone)> spoil) {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [spoil](const plan::Brief& brief, engines::SegmentSink& sink) {
    if (brief.index != 1) return absl::OkStatus();
    audio::AudioBuffer audio(2, brief.frames, brief.sample_rate);
    for (std::int64_t i = 0; i < brief.frames; ++i) {
      const double t = static_cast<double>(i) / brief.sample_rate;
      const float sample = spoil(t, static_cast<float>(0.2 * std::sin(2.0 * M_PI * 220.0 * t)));
      for (int c = 0; c < 2; ++c) audio.samples(c)[static_cast<std::size_t>(i)] = sample;
    }
    sink.write(std::as_const(audio).view());
    return absl::OkStatus();
  };
  return engine;
}

}  // namespace

TEST_CASE("what an engine has delivered is judged, and stood in for where it is not fit") {
  struct Defect {
    const char* name;
    std::function<float(double, float)> spoil;
    const char* reason;
  };
  const Defect defects[] = {
      {"a hole", [](double t, float x) { return t > 8.0 && t < 12.0 ? 0.0f : x; },
       "is silent (under -60 dBFS) for "},
      {"an early end", [](double t, float x) { return t > 14.0 ? 0.0f : x; }, "is silent (under"},
      {"nothing", [](double, float) { return 0.0f; }, "the audio is silent"},
      {"a wild sample", [](double t, float x) { return t == 10.0 ? 1e30f : x; },
       "its largest sample is 1e+30, at 10.000 s"},
      {"an offset", [](double, float x) { return x + 0.3f; }, "has a constant offset of "},
      {"an offset alone", [](double, float) { return 0.3f; }, "the audio "},
      {"a noise floor",
       [](double t, float) { return std::fmod(t * 7919.0, 1.0) < 0.5 ? 3e-5f : 0.0f; },
       "it is all but silent"},
      {"whole numbers", [](double, float x) { return 32768.0f * x; },
       "samples are nominally within +-1"},
      {"NaN", [](double t, float x) { return t == 3.0 ? std::nanf("") : x; },
       "holds 2 samples that are not numbers"},
      {"infinity", [](double t, float x) { return t == 3.0 ? HUGE_VALF : x; },
       "the first at 3.000 s"},
  };
  for (const Defect& defect : defects) {
    CAPTURE(defect.name);
    const auto service = open_service(1, spoilt_engine(defect.spoil));
    REQUIRE(service->engines().add(std::make_shared<ToneEngine>("standby")).ok());
    plan::Request request = quick_request(1);
    request.fallback = "standby";
    const auto session = service->start(request);
    REQUIRE(all_ready(**session));
    CHECK((*session)->view().segments[0]->engine == "tone");
    CHECK((*session)->view().segments[1]->engine == "standby");
    CHECK((*session)->view().segments[1]->fallback);
    const auto events = stand_ins(**session);
    REQUIRE(events.size() == 1);
    INFO(events.front().message);
    CHECK(events.front().segment_index == 1);
    CHECK(events.front().message.find("engine 'tone' failed: ") == 0);
    CHECK(events.front().message.find(defect.reason) != std::string::npos);
  }
}

TEST_CASE("a tiny offset, a short pause and a click are no failures") {
  const auto service = open_service(1, spoilt_engine([](double t, float x) {
                                      if (t > 8.0 && t < 10.5) return 0.0f;
                                      return t == 15.0 ? 2.0f : x + 0.002f;
                                    }));
  const auto session = service->start(quick_request(1));
  REQUIRE(all_ready(**session));
  CHECK(stand_ins(**session).empty());
}

TEST_CASE("where no other engine is left, music with a pause is kept and told") {
  const auto engine =
      spoilt_engine([](double t, float x) { return t > 8.0 && t < 12.0 ? 0.0f : x; });
  const auto service = open_service(1, engine);
  plan::Request request = quick_request(1);
  // The engine that is asked for is the last resort itself, and has next to nothing to play.
  request.engine = "studio";
  request.fallback = "tone";
  request.stem_db.fill(plan::kStemOff);
  request.stem_db[static_cast<std::size_t>(plan::Stem::pads)] = plan::kStemOff + 1.0;
  const auto session = service->start(request);
  REQUIRE(session.ok());
  REQUIRE(all_ready(**session));
  CHECK((*session)->view().segments[1]->engine == "tone");
  std::uint64_t cursor = 0;
  int troubles = 0;
  while (const auto event = (*session)->events().poll(cursor)) {
    if (event->type != session::EventType::trouble) continue;
    CHECK(event->segment_index == 1);
    CHECK(event->message.find(
              "engine 'tone' is kept, since no other is left: the audio is silent") == 0);
    ++troubles;
  }
  CHECK(troubles == 1);
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
  request.sample_rate = 48000;  // that of studio, which need not be converted
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
