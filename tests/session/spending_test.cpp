// SPDX-License-Identifier: MIT
// Sessions of an engine with a price: what is reserved, spent and given back, and when they stop.
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "base/error.h"
#include "plan/planner.h"
#include "session/session_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::int64_t kPrice = 600'000;

std::shared_ptr<ToneEngine> priced_engine(const std::string& key = "tone") {
  auto engine = std::make_shared<ToneEngine>(key);
  engine->edit_info().price_micros_per_minute = kPrice;
  return engine;
}

std::int64_t price_of(const plan::Plan& plan, int first, int count) {
  std::int64_t sum = 0;
  for (int k = first; k < first + count; ++k)
    sum += session::segment_price(plan.made_hundredths(k), kPrice);
  return sum;
}

/// What the first `count` segments of the session cost.
std::int64_t cost_of(const plan::Request& request, int count) {
  return price_of(plan::planned(request, *request.seed), 0, count);
}

plan::Request small_request(int minutes) {
  plan::Request request = tone_request(minutes);
  request.sample_rate = 8000;
  return request;
}

}  // namespace

TEST_CASE("an engine with a price stays three segments ahead of the playhead") {
  const auto service = open_service(2, priced_engine());
  const auto session = service->start(small_request(5), {"org", "me"});
  REQUIRE((*session)->wait_ready(3).ok());
  CHECK((*session)->work().pending(9).empty());
  CHECK((*session)->view().status == session::SessionStatus::active);
  CHECK((*session)->view().record.organization == "org");
  CHECK((*session)->view().record.caller == "me");
  CHECK((*session)->view().spent_micros == price_of(*(*session)->plan(), 0, 4));
  CHECK(service->spend_of("org")->settled == price_of(*(*session)->plan(), 0, 4));
  SECTION("the player's") {
    const int listener = (*session)->audience().add();
    (*session)->audience().move(listener, {2});
    REQUIRE((*session)->wait_ready(5).ok());
  }
  SECTION("or what was fetched, which only moves forward") {
    (*session)->audience().note_fetched(2);
    (*session)->audience().note_fetched(1);
    REQUIRE((*session)->wait_ready(5).ok());
  }
  CHECK((*session)->work().pending(9).empty());
  CHECK((*session)->readiness(6) == session::Readiness::pending);
}

TEST_CASE("the price that a host sets counts at once", "[whole]") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  CHECK(field_of(service->set_engine_price("nobody", 1)) == "engine_key");
  CHECK(field_of(service->set_engine_price("tone", -1)) == "micros_per_minute");
  CHECK(field_of(service->set_engine_price("tone", 1'000'000'000'001)) == "micros_per_minute");
  REQUIRE(service->set_engine_price("tone", kPrice).ok());
  const auto session = service->start(small_request(3), {"org", ""});
  REQUIRE((*session)->wait_ready(3).ok());
  CHECK((*session)->work().pending(99).empty());
  REQUIRE(service->set_engine_price("tone", 0).ok());
  REQUIRE(all_ready(**session));
  CHECK(service->spend_of("org")->settled == price_of(*(*session)->plan(), 0, 4));
}

TEST_CASE("a free engine never touches the ledger") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  REQUIRE(service->set_spend_caps(std::nullopt, {.session_micros = 0, .day_micros = 0}).ok());
  const auto session = service->start(small_request(1), {"org", ""});
  REQUIRE(all_ready(**session));
  CHECK((*session)->view().status == session::SessionStatus::ended);
  CHECK(service->spend_of("org")->held == 0);
  CHECK(service->spend_of("org")->settled == 0);
}

TEST_CASE("the cap stops a session before the first segment that would pass it, for ever",
          "[files]") {
  const TempFolder folder;
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder / "data";
  options.worker_count = 2;
  const plan::Request request = small_request(2);
  std::string id;
  {
    const auto service = open_service(options, priced_engine());
    const std::int64_t cap = cost_of(request, 3) - GENERATE(0, 1);
    const int paid = cap == cost_of(request, 3) ? 3 : 2;
    REQUIRE(service->set_spend_caps("org", {.session_micros = cap, .day_micros = {}}).ok());
    const auto session = service->start(request, {"org", ""});
    id = (*session)->id();
    REQUIRE(eventually(
        [&] { return (*session)->view().status == session::SessionStatus::stopped_cap; }));
    const session::SessionView view = service->view(**session);
    CHECK(view.ready_count == paid);
    CHECK(view.spent_micros == cost_of(request, paid));
    CHECK(service->spend_of("org")->held == 0);
    CHECK_FALSE(view.more_pending());
    bool said = false;
    std::uint64_t cursor = session->first_event();
    CHECK(eventually([&] {  // the worker tells it after the view has it
      while (const auto event = (*session)->events().poll(cursor)) {
        said |=
            event->type == session::EventType::status_changed && event->message == "stopped_cap";
      }
      return said;
    }));
    CHECK_FALSE((*session)->wait_ready(paid).ok());
    CHECK((*session)->open_segment(0).ok());
    CHECK((*session)->end().ok());
    CHECK((*session)->view().status == session::SessionStatus::stopped_cap);
    plan::Steering steering;
    steering.divergence = 0.9;
    CHECK(field_of((*session)->steer(steering).status()) == "session");
    REQUIRE(service->set_spend_caps("org", {}).ok());
    CHECK((*session)->work().pending(9).empty());
  }
  const auto service = open_service(options, priced_engine());
  const auto session = service->open_session(id);
  REQUIRE(session.ok());
  CHECK((*session)->view().status == session::SessionStatus::stopped_cap);
  CHECK((*session)->view().record.organization == "org");
  CHECK((*session)->work().pending(9).empty());
}

TEST_CASE("a session stops at the cap also where its look-ahead wants nothing, and at its start") {
  const auto service = open_service(1, priced_engine());
  plan::Request request = small_request(2);
  request.look_ahead = 0;
  const std::int64_t first = cost_of(request, 1);
  REQUIRE(service->set_spend_caps("org", {.session_micros = {}, .day_micros = first}).ok());
  const auto session = service->start(request, {"org", ""});
  REQUIRE((*session)->wait_ready(0).ok());
  CHECK((*session)->view().status == session::SessionStatus::stopped_cap);
  const auto late = service->start(request, {"org", ""});
  CHECK((*late)->view().status == session::SessionStatus::stopped_cap);
  CHECK((*late)->view().ready_count == 0);
  CHECK(service->spend_of("org")->settled == first);
}

TEST_CASE("a session is active while its money is held, and goes on when it comes back") {
  const auto engine = priced_engine();
  std::atomic<bool> fails{true};
  std::atomic<bool> goes_on{false};
  std::atomic<int> begun{0};
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink& sink) -> absl::Status {
    ++begun;
    if (brief.seed != 1) return absl::OkStatus();
    while (!goes_on) {
      if (sink.cancelled()) return cancelled_error();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return fails ? internal_error("broken") : absl::OkStatus();
  };
  const auto service = open_service(2, engine);
  plan::Request request = small_request(1);
  request.look_ahead = 0;
  // The second session's first segment has to cost no more than the first one's.
  std::uint64_t cheap_seed = 2;
  for (plan::Request other = request; ++cheap_seed < 100;) {
    other.seed = cheap_seed;
    if (cost_of(other, 1) <= cost_of(request, 1)) break;
  }
  REQUIRE(service->set_spend_caps("org", {.session_micros = {}, .day_micros = cost_of(request, 1)})
              .ok());
  const auto first = service->start(request, {"org", ""});
  REQUIRE(eventually([&] { return begun == 1; }));
  request.seed = cheap_seed;
  const auto second = service->start(request, {"org", ""});
  CHECK(service->spend_of("org")->held == cost_of(small_request(1), 1));
  CHECK((*second)->view().status == session::SessionStatus::active);
  CHECK(begun == 1);
  SECTION("given back where the fallback has played instead") {
    goes_on = true;
    REQUIRE((*first)->wait_ready(0).ok());
    CHECK((*first)->view().segments[0]->fallback);
    CHECK((*first)->view().spent_micros == 0);
    REQUIRE((*second)->wait_ready(0).ok());
    CHECK((*second)->view().spent_micros == cost_of(request, 1));
  }
  SECTION("spent where the engine has delivered") {
    fails = false;
    goes_on = true;
    REQUIRE((*first)->wait_ready(0).ok());
    REQUIRE(eventually(
        [&] { return (*second)->view().status == session::SessionStatus::stopped_cap; }));
    CHECK((*second)->view().ready_count == 0);
    CHECK((*second)->view().spent_micros == 0);
  }
  SECTION("given back where the other has ended") {
    REQUIRE((*first)->end().ok());
    goes_on = true;
    fails = false;
    REQUIRE((*second)->wait_ready(0).ok());
    CHECK((*first)->view().spent_micros == 0);
  }
}

TEST_CASE("what was refused before a session was steered does not stop it") {
  const auto engine = priced_engine();
  const auto busy = std::make_shared<ToneEngine>("busy");
  std::atomic<int> waiting{0};
  const auto wait = [&](const plan::Brief&, engines::SegmentSink& sink) -> absl::Status {
    for (++waiting; !sink.cancelled();) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return cancelled_error();
  };
  engine->before = busy->before = wait;
  const auto service = open_service(2, engine);
  REQUIRE(service->engines().add(busy).ok());
  plan::Request request = small_request(2);
  request.segment_seconds = 120.0;
  const std::int64_t dear = cost_of(request, 1);
  REQUIRE(service->set_spend_caps("org", {.session_micros = dear, .day_micros = dear}).ok());
  const auto first = service->start(request, {"org", ""});
  REQUIRE(eventually([&] { return waiting == 1; }));
  const auto second = service->start(request, {"org", ""});
  REQUIRE(eventually([&] { return (*second)->work().pending(1).empty(); }));  // refused for now
  plan::Request other = small_request(1);
  other.engine = "busy";
  const auto third = service->start(other);
  REQUIRE(eventually([&] { return waiting == 2; }));  // nobody is left to ask again
  plan::Steering shorter;
  shorter.target_minutes = 1;
  REQUIRE((*second)->steer(shorter).ok());
  const std::int64_t cheap = price_of(*(*second)->plan(), 0, 1);
  REQUIRE(cheap < dear);
  REQUIRE(service->set_spend_caps("org", {.session_micros = cheap, .day_micros = dear}).ok());
  CHECK(service->view(**second).status == session::SessionStatus::active);
}

TEST_CASE("what an engine has delivered is spent, also where nobody wants it any more") {
  const auto engine = priced_engine();
  std::shared_ptr<session::Service> service;
  std::atomic<session::Session*> started{nullptr};
  engine->before = [&](const plan::Brief&, engines::SegmentSink& sink) {
    // Plays all of it and then is told that it was for nothing.
    while (started == nullptr) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const audio::AudioBuffer silence(2, 8000 * 60, 8000);
    sink.write(silence.view());
    return started.load()->end();
  };
  service = open_service(1, engine);
  engine->delivered_part = 0.0;
  const plan::Request request = small_request(1);
  const auto session = service->start(request, {"org", ""});
  started = &**session;
  REQUIRE(eventually([&] { return service->spend_of("org")->settled > 0; }));
  REQUIRE(eventually([&] { return service->spend_of("org")->held == 0; }));
  CHECK(service->spend_of("org")->settled == cost_of(request, 1));
  CHECK((*session)->view().spent_micros == cost_of(request, 1));
  CHECK((*session)->view().ready_count == 0);
  CHECK((*session)->view().status == session::SessionStatus::ended);
}

TEST_CASE("a fallback with a price is paid too, and one that is asked for plays") {
  const auto broken = priced_engine();
  broken->before = [](const plan::Brief&, engines::SegmentSink&) {
    return internal_error("broken");
  };
  const auto service = open_service(1, broken);
  const auto other = priced_engine("other");
  REQUIRE(service->engines().add(other).ok());
  plan::Request request = small_request(1);
  request.fallback = "nobody";
  CHECK(field_of(service->start(request).status()) == "fallback");
  request.fallback = "other";
  request.look_ahead = 0;
  SECTION("and paid") {
    const auto session = service->start(request, {"org", ""});
    REQUIRE((*session)->wait_ready(0).ok());
    CHECK((*session)->view().segments[0]->engine == "other");
    CHECK((*session)->view().spent_micros == cost_of(request, 1));
    CHECK(service->spend_of("org")->held == 0);
  }
  SECTION("or stops the session") {
    REQUIRE(service->set_engine_price("other", 2 * kPrice).ok());
    REQUIRE(
        service->set_spend_caps("org", {.session_micros = cost_of(request, 1), .day_micros = {}})
            .ok());
    const auto session = service->start(request, {"org", ""});
    REQUIRE(eventually(
        [&] { return (*session)->view().status == session::SessionStatus::stopped_cap; }));
    CHECK(service->spend_of("org")->settled == 0);
    CHECK(service->spend_of("org")->held == 0);
  }
}

TEST_CASE("money that comes back where the fallback is refused goes to who waits for it") {
  const auto engine = priced_engine();
  std::atomic<bool> fails{false};
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink& sink) {
    if (brief.seed != 1) return absl::OkStatus();
    while (!fails && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return internal_error("broken");
  };
  const auto service = open_service(2, engine);
  const auto dear = priced_engine("dear");
  REQUIRE(service->engines().add(dear).ok());
  REQUIRE(service->set_engine_price("dear", 10 * kPrice).ok());
  plan::Request request = small_request(1);
  request.fallback = "dear";
  request.look_ahead = 0;
  REQUIRE(
      service
          ->set_spend_caps("org", {.session_micros = {}, .day_micros = cost_of(request, 1) * 3 / 2})
          .ok());
  const auto holding = service->start(request, {"org", ""});
  REQUIRE(eventually([&] { return service->spend_of("org")->held > 0; }));
  request.seed = 2;
  const auto waiting = service->start(request, {"org", ""});
  fails = true;
  REQUIRE((*waiting)->wait_ready(0).ok());
  CHECK((*waiting)->view().segments[0]->engine == "tone");
}

TEST_CASE("many sessions under one cap spend no more than it, and all of them stop") {
  const auto service = open_service(4, priced_engine());
  const plan::Request request = small_request(2);
  const std::int64_t cap = cost_of(request, 1) * 7 / 2;
  REQUIRE(service->set_spend_caps("org", {.session_micros = {}, .day_micros = cap}).ok());
  std::vector<session::SessionUse> sessions;
  for (int i = 0; i < 20; ++i) sessions.push_back(*service->start(request, {"org", ""}));
  REQUIRE(eventually([&] {
    return std::all_of(sessions.begin(), sessions.end(), [&](const session::SessionUse& session) {
      return service->view(*session).status == session::SessionStatus::stopped_cap;
    });
  }));
  const store::Spend spend = *service->spend_of("org");
  CHECK(spend.held == 0);
  CHECK(spend.settled <= cap);
  std::int64_t dearest = 0;
  for (int k = 1; k <= 6; ++k) {
    dearest = std::max(dearest, cost_of(request, k) - cost_of(request, k - 1));
  }
  CHECK(cap - spend.settled < dearest);
}

TEST_CASE("memory keeps the segment before the one that was fetched") {
  const auto service = open_service(1, std::make_shared<ToneEngine>(), session::Storage::memory);
  const auto session = service->start(small_request(5));
  REQUIRE((*session)->wait_ready(4).ok());
  (*session)->audience().note_fetched(3);
  REQUIRE((*session)->wait_ready(7).ok());
  CHECK((*session)->open_segment(2).ok());
  CHECK_FALSE((*session)->open_segment(1).ok());
  CHECK((*session)->readiness(8) == session::Readiness::pending);
}

TEST_CASE("where the money is enough for one segment, it is for the first") {
  const auto service = open_service(4, priced_engine());
  const plan::Request request = small_request(2);
  REQUIRE(
      service
          ->set_spend_caps(std::nullopt, {.session_micros = cost_of(request, 1), .day_micros = {}})
          .ok());
  for (int k = 0; k < 30; ++k) {
    const auto session = service->start(request, {"org", "me"});
    REQUIRE(eventually(
        [&] { return (*session)->view().status == session::SessionStatus::stopped_cap; }));
    CHECK((*session)->view().ready_count == 1);
  }
}

TEST_CASE("who fetches a segment gets the one after it, whatever the look-ahead") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  plan::Request request = small_request(2);
  request.look_ahead = 0;
  const auto session = service->start(request);
  for (int k = 0; k < (*session)->plan()->segment_count(); ++k) {
    REQUIRE((*session)->wait_ready(k).ok());
    (*session)->audience().note_fetched(k);
  }
  CHECK((*session)->view().status == session::SessionStatus::ended);
}
