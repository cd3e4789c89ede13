// SPDX-License-Identifier: MIT
// A forecast is made from what the test gives it; the sessions' own service makes nothing
// meanwhile.
#include "session/segment_forecast.h"

#include <list>
#include <memory>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "session/session_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Plays at ten times real time, once it is let go.
std::shared_ptr<ToneEngine> slow_engine() {
  auto engine = std::make_shared<ToneEngine>();
  engine->edit_info().expected_speed = 10.0;
  engine->before = [](const plan::Brief&, engines::SegmentSink&) {
    return fault_error(Fault::engine, "the test's engine makes nothing");
  };
  return engine;
}

struct Scene {
  std::shared_ptr<ToneEngine> engine;
  std::shared_ptr<session::Service> service;
  session::SessionUse use;
  std::shared_ptr<session::Session> session;
  std::shared_ptr<const plan::Plan> plan;
  session::SpeedMeter speed;
  session::Agenda agenda;
  std::list<session::InFlight> in_flight;

  explicit Scene(const std::shared_ptr<ToneEngine>& played = slow_engine())
      : engine(played),
        service(open_service(1, engine)),
        use(*service->start(tone_request(5))),
        session(std::shared_ptr<void>(), &*use),  // which `use` keeps
        plan(session->plan()) {}

  session::SegmentForecast forecast(std::size_t workers, double now) const {
    return {speed, agenda, in_flight, workers, now};
  }
  double expected(int index) const { return plan->length_seconds(index) / 10.0; }
  /// Somebody has made the segment since `since`, and tells `part` of it.
  void make(int index, double since, double part) {
    session::InFlight job;
    job.session = session;
    job.claim.index = index;
    job.claim.since = since;
    job.claim.plan = plan;
    job.claim.engine = engine;
    job.claim.shared = std::make_shared<session::ClaimProgress>();
    job.claim.shared->plays = job.claim.engine.get();
    if (part > 0.0) job.claim.progress.tell(part);
    in_flight.push_back(job);
  }
};

}  // namespace

TEST_CASE("a segment that waits alone takes as long as its engine") {
  const Scene scene;
  const auto seconds = scene.forecast(1, 100.0).of_pending(*scene.session, *scene.plan, {2, 40.0});
  REQUIRE(seconds);
  CHECK(*seconds == Approx(scene.expected(2)));
}

TEST_CASE("a segment that waits begins when the first worker is free") {
  Scene scene;
  scene.make(0, 99.0, 0.25);  // a quarter in a second: three seconds to go
  const session::Pending next{1, 20.0};
  CHECK(*scene.forecast(1, 100.0).of_pending(*scene.session, *scene.plan, next) ==
        Approx(3.0 + scene.expected(1)));
  CHECK(*scene.forecast(2, 100.0).of_pending(*scene.session, *scene.plan, next) ==
        Approx(scene.expected(1)));
}

TEST_CASE("what is being made is ready when its part of the time has gone") {
  Scene scene;
  scene.make(0, 96.0, 0.8);
  scene.make(1, 99.5, 0.0);  // tells nothing: as long as its engine usually takes
  scene.make(2, 10.0, 0.0);  // overdue
  const auto forecast = scene.forecast(4, 100.0);
  CHECK(*forecast.of_made(*scene.session, 0) == Approx(1.0));
  CHECK(*forecast.of_made(*scene.session, 1) == Approx(scene.expected(1) - 0.5));
  const double overdue = *forecast.of_made(*scene.session, 2);
  CHECK(overdue > 0.0);
  CHECK(overdue < 0.1 * scene.expected(2));
  CHECK_FALSE(forecast.of_made(*scene.session, 3));
}

TEST_CASE(
    "an engine that plays one segment at a time makes the next one wait, however many workers") {
  const auto engine = slow_engine();
  engine->edit_info().concurrency = 1;
  Scene scene(engine);
  scene.make(0, 99.0, 0.25);
  CHECK(*scene.forecast(8, 100.0).of_pending(*scene.session, *scene.plan, {1, 20.0}) ==
        Approx(3.0 + scene.expected(1)));
}

TEST_CASE("what is measured counts more than what was expected") {
  Scene scene;
  scene.speed.record("tone", 100.0, 50.0);
  CHECK(*scene.forecast(1, 100.0).of_pending(*scene.session, *scene.plan, {1, 20.0}) ==
        Approx(scene.plan->length_seconds(1) / 2.0));
}
