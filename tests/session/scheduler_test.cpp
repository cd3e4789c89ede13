// SPDX-License-Identifier: MIT
#include "session/scheduler.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include <absl/cleanup/cleanup.h>

#include "base/error.h"
#include "plan/planner.h"
#include "session/session_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Holds every segment until it is let through, and writes down in which order they came.
class Gate {
 public:
  explicit Gate(ToneEngine& engine) {
    engine.before = [this](const plan::Brief& brief, engines::SegmentSink& sink) {
      return pass(brief, sink);
    };
  }
  struct Arrival {
    std::uint64_t seed;
    int index;
    bool operator==(const Arrival&) const = default;
  };
  std::vector<Arrival> arrivals() {
    const std::lock_guard guard(mutex_);
    return arrivals_;
  }
  void let_through(int count) {
    const std::lock_guard guard(mutex_);
    permits_ += count;
  }
  int cancelled() {
    const std::lock_guard guard(mutex_);
    return cancelled_;
  }

 private:
  absl::Status pass(const plan::Brief& brief, engines::SegmentSink& sink) {
    {
      const std::lock_guard guard(mutex_);
      arrivals_.push_back({brief.seed, brief.index});
    }
    while (true) {
      {
        const std::lock_guard guard(mutex_);
        if (sink.cancelled()) {
          ++cancelled_;
          return cancelled_error();
        }
        if (permits_ > 0) {
          --permits_;
          return absl::OkStatus();
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  std::mutex mutex_;
  std::vector<Arrival> arrivals_;
  int permits_ = 0;
  int cancelled_ = 0;
};

/// A tone engine that counts how often anybody looks at one of its sessions: each look asks for its
/// price.
class WatchedEngine final : public engines::MusicEngine {
 public:
  const engines::EngineInfo& info() const override {
    ++looks_;
    return tone_.info();
  }
  absl::Status generate(const plan::Brief& brief, engines::SegmentSink& sink) const override {
    return tone_.generate(brief, sink);
  }
  int looks() const { return looks_; }

 private:
  ToneEngine tone_;
  mutable std::atomic<int> looks_{0};
};

plan::Request quick_request(int minutes, std::uint64_t seed) {
  plan::Request request = tone_request(minutes, seed);
  request.sample_rate = 8000;
  request.format = audio::AudioFormat::wav;
  return request;
}

}  // namespace

TEST_CASE("of many sessions the most urgent segment is made first, of equals the oldest's") {
  const auto engine = std::make_shared<ToneEngine>();
  Gate gate(*engine);
  const auto service = open_service(1, engine);
  constexpr std::uint64_t kSessions = 12;
  std::vector<session::SessionUse> sessions;
  std::vector<std::pair<double, Gate::Arrival>> expected;
  for (std::uint64_t seed = 1; seed <= kSessions; ++seed) {
    const plan::Request request = quick_request(1, seed);
    sessions.push_back(*service->start(request));
    if (seed == 1) REQUIRE(eventually([&] { return gate.arrivals().size() == 1; }));
    const plan::Plan plan = plan::planned(request, seed);
    for (int k = 0; k < plan.segment_count(); ++k) {
      expected.push_back({plan.start_seconds(k), {seed, k}});
    }
  }
  std::stable_sort(expected.begin(), expected.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  gate.let_through(static_cast<int>(expected.size()));
  REQUIRE(eventually([&] { return gate.arrivals().size() == expected.size(); }));
  const auto arrivals = gate.arrivals();
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(arrivals[i] == expected[i].second);
}

TEST_CASE("a start and a view look at no other session, however many there are") {
  const auto engine = std::make_shared<WatchedEngine>();
  const auto service = open_service(2, std::make_shared<ToneEngine>("quiet"));
  REQUIRE(service->engines().add(engine).ok());
  std::vector<session::SessionUse> idle;
  const auto start = [&](std::uint64_t seed) -> session::SessionUse& {
    plan::Request request = quick_request(1, seed);
    request.look_ahead = 0;
    return idle.emplace_back(*service->start(request));
  };
  // The looks that one more session needs from its start to its rest.
  const auto looks_at_one = [&](std::uint64_t seed) {
    const int before = engine->looks();
    session::SessionUse& one = start(seed);
    REQUIRE(one->wait_ready(0).ok());
    for (int i = 0; i < 10; ++i) CHECK(service->view(*one).ready_count == 1);
    return engine->looks() - before;
  };
  const int alone = looks_at_one(1);
  for (std::uint64_t seed = 2; seed <= 60; ++seed) start(seed);
  for (session::SessionUse& session : idle) REQUIRE(session->wait_ready(0).ok());
  // A single look at each of those at rest would be more.
  CHECK(looks_at_one(61) < alone + 50);
}

TEST_CASE("the session whose listener would run dry first goes first") {
  const auto engine = std::make_shared<ToneEngine>();
  Gate gate(*engine);
  const auto service = open_service(1, engine);
  const auto a = service->start(tone_request(2, 100));
  REQUIRE(a.ok());
  REQUIRE(eventually([&] { return gate.arrivals().size() == 1; }));
  const auto b = service->start(tone_request(2, 200));
  REQUIRE(b.ok());
  gate.let_through(2);
  REQUIRE(eventually([&] { return gate.arrivals().size() == 3; }));
  CHECK(gate.arrivals()[0] == Gate::Arrival{100, 0});
  CHECK(gate.arrivals()[1] == Gate::Arrival{200, 0});
  const bool a_is_next = (*a)->plan()->start_seconds(1) <= (*b)->plan()->start_seconds(1);
  CHECK(gate.arrivals()[2] == Gate::Arrival{a_is_next ? 100u : 200u, 1});
}

TEST_CASE("ending a session gives up what is under way and starts nothing more") {
  const auto engine = std::make_shared<ToneEngine>();
  Gate gate(*engine);
  const auto service = open_service(2, engine);
  const auto session = service->start(tone_request(2));
  REQUIRE(eventually([&] { return gate.arrivals().size() == 2; }));
  REQUIRE((*session)->end().ok());
  REQUIRE(eventually([&] { return gate.cancelled() == 2; }));
  CHECK(gate.arrivals().size() == 2);
  CHECK((*session)->view().status == session::SessionStatus::ended);
  CHECK((*session)->end().ok());
  CHECK((*session)->readiness(0) == session::Readiness::never);
  CHECK(is_cancelled((*session)->wait_ready(0)));
}

TEST_CASE(
    "work stops when nobody uses the session, and the service closes while work is under way") {
  const auto engine = std::make_shared<ToneEngine>();
  Gate gate(*engine);
  auto service = open_service(2, engine);
  {
    const auto session = service->start(tone_request(2));
    REQUIRE(eventually([&] { return gate.arrivals().size() == 2; }));
  }
  CHECK(eventually([&] { return gate.cancelled() == 2; }));
  service.reset();
  CHECK(gate.arrivals().size() == 2);
}

TEST_CASE("no more is made ahead of the listener than was asked for") {
  const auto engine = std::make_shared<ToneEngine>();
  const auto service = open_service(2, engine);
  plan::Request request = tone_request(4);
  request.look_ahead = 1;
  const auto session = service->start(request);
  REQUIRE((*session)->wait_ready(0).ok());
  REQUIRE((*session)->wait_ready(1).ok());
  CHECK((*session)->work().pending(9).empty());
  CHECK((*session)->view().ready_count == 2);
  const int listener = (*session)->audience().add();
  (*session)->audience().move(listener, {3});
  REQUIRE((*session)->wait_ready(3).ok());
  REQUIRE((*session)->wait_ready(4).ok());
  CHECK((*session)->readiness(5) == session::Readiness::pending);
  CHECK((*session)->work().pending(9).empty());
}

TEST_CASE("segments are the same whatever the number of workers and the order", "[whole]") {
  const auto samples_of = [](int workers) {
    const auto service = open_service(workers, std::make_shared<ToneEngine>());
    const auto session = service->start(tone_request(2, 77));
    REQUIRE(all_ready(**session));
    std::vector<float> samples;
    for (int k = 0; k < (*session)->plan()->segment_count(); ++k) {
      const auto reader = (*session)->open_segment(k);
      audio::AudioBuffer audio(2, (*reader)->frames(), kToneRate);
      for (std::int64_t at = 0; at < audio.frames();) {
        at += (*reader)->read(at, audio.view().subview(at, audio.frames() - at)).value();
      }
      samples.insert(samples.end(), audio.samples(0).begin(), audio.samples(0).end());
    }
    return samples;
  };
  CHECK(samples_of(1) == samples_of(4));
}

TEST_CASE("the forecast of the next segment is right within a factor of two") {
  const auto engine = std::make_shared<ToneEngine>();
  constexpr double kSeconds = 0.2;
  engine->before = [&](const plan::Brief&, engines::SegmentSink&) {
    std::this_thread::sleep_for(std::chrono::duration<double>(kSeconds));
    return absl::OkStatus();
  };
  const auto service = open_service(1, engine);
  const auto session = service->start(tone_request(2));
  REQUIRE((*session)->wait_ready(2).ok());  // measured by now
  const auto began = std::chrono::steady_clock::now();
  const int next = (*session)->view().ready_count;
  const auto forecast = service->seconds_until_ready(**session, next);
  REQUIRE(forecast.has_value());
  REQUIRE((*session)->wait_ready(next).ok());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  // A fresh segment lies 0.2 s ahead at the most; half of that is the noise of a busy machine.
  CHECK(*forecast < 2.0 * took.count() + kSeconds / 2);
  CHECK(*forecast > 0.5 * took.count() - kSeconds / 2);
}

TEST_CASE("the forecast follows the progress that an engine tells of") {
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<double> part{0.0};
  std::atomic<bool> lets_go{false};
  engine->before = [&](const plan::Brief&, engines::SegmentSink& sink) {
    eventually([&] {
      if (part > 0.0) sink.report_progress(part);
      return lets_go || sink.cancelled();
    });
    return absl::OkStatus();
  };
  ManualClock clock;
  session::ServiceOptions options;
  options.worker_count = 1;
  options.clock = &clock;
  const auto service = open_service(options, engine);
  const auto session = service->start(tone_request(2));
  REQUIRE(eventually([&] { return service->load().segments_in_flight == 1; }));
  clock.advance(10.0);
  const auto forecast_becomes = [&](double seconds) {
    return eventually([&] {
      const auto forecast = service->seconds_until_ready(**session, 0);
      return forecast && std::abs(*forecast - seconds) < 0.001;
    });
  };
  part = 0.25;
  CHECK(forecast_becomes(30.0));
  part = 0.8;
  CHECK(forecast_becomes(2.5));
  part = 1.0;
  CHECK(forecast_becomes(0.5));  // what comes after it still takes its time
  lets_go = true;
}

TEST_CASE("what a listener has jumped over is made after all", "[whole]") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(4));
  const int listener = (*session)->audience().add();
  (*session)->audience().move(listener, {10});
  REQUIRE(all_ready(**session));
  (*session)->audience().remove(listener);
}

TEST_CASE("an engine is never asked for more segments at a time than it can play, others go on",
          "[whole]") {
  const auto narrow = std::make_shared<ToneEngine>("narrow");
  narrow->edit_info().concurrency = 1;
  std::atomic<int> at_once{0};
  std::atomic<int> most_at_once{0};
  std::atomic<bool> open{false};
  narrow->before = [&](const plan::Brief&, engines::SegmentSink& sink) {
    const int now = ++at_once;
    if (now > most_at_once) most_at_once = now;
    while (!open && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    --at_once;
    return absl::OkStatus();
  };
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  REQUIRE(service->engines().add(narrow).ok());
  plan::Request request = quick_request(1, 1);
  request.engine = "narrow";
  const auto first = service->start(request);
  const auto second = service->start(request);
  REQUIRE(eventually([&] { return at_once == 1; }));
  const auto other = service->start(quick_request(2, 2));
  REQUIRE(all_ready(**other));
  CHECK((*first)->view().ready_count + (*second)->view().ready_count == 0);
  open = true;
  REQUIRE(all_ready(**first));
  REQUIRE(all_ready(**second));
  CHECK(most_at_once == 1);
}

TEST_CASE("a forecast counts who waits for the same engine, and for how long it is waited for") {
  const auto slow = std::make_shared<ToneEngine>("slow");
  slow->edit_info().concurrency = 1;
  slow->edit_info().expected_speed = 1.0;
  std::atomic<bool> open{false};
  slow->before = [&](const plan::Brief&, engines::SegmentSink& sink) {
    eventually([&] { return open || sink.cancelled(); });
    return absl::OkStatus();
  };
  const absl::Cleanup lets_go = [&] { open = true; };
  ManualClock clock;
  session::ServiceOptions options;
  options.worker_count = 4;
  options.clock = &clock;
  const auto service = open_service(options, std::make_shared<ToneEngine>());
  REQUIRE(service->engines().add(slow).ok());
  plan::Request request = tone_request(1);
  request.engine = "slow";
  request.fallback = "tone";
  request.look_ahead = 0;
  const auto forecast_of = [&](const session::SessionUse& session) {
    const auto forecast = service->seconds_until_ready(*session, 0);
    REQUIRE(forecast.has_value());
    return *forecast;
  };
  const auto first = service->start(request);
  REQUIRE(eventually([&] { return service->load().segments_in_flight == 1; }));
  const double length = (*first)->plan()->length_seconds(0);
  const auto second = service->start(request);
  const auto third = service->start(request);
  request.fallback_after_seconds = 5.0;
  const auto impatient = service->start(request);
  CHECK(forecast_of(*first) == Approx(length));
  CHECK(forecast_of(*second) == Approx(2 * length));
  CHECK(forecast_of(*third) == Approx(3 * length));
  CHECK(forecast_of(*impatient) == Approx(3 * length + 5.0).epsilon(0.01));  // tone takes no time
  CHECK(service->load().queued_segments == 3);
}
