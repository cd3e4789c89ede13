// SPDX-License-Identifier: MIT
// Sessions that play with an engine of the host's own.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "session/session_fixture.h"
#include "support/host_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// A service with an engine "mine" that is whatever `play` makes of it; "tone" stands in for it.
struct House {
  std::shared_ptr<Witness> witness = std::make_shared<Witness>();
  std::shared_ptr<session::Service> service = open_service(2, std::make_shared<ToneEngine>());

  explicit House(FunctionGenerator::Play play, engines::EngineInfo info = host_info(),
                 engines::HostTerms terms = quick_terms()) {
    terms.retries = 0;
    auto player = std::make_unique<FunctionGenerator>(witness, std::move(play));
    REQUIRE(service->engines()
                .add(std::make_shared<engines::HostEngine>(std::move(info), terms,
                                                           std::move(player), service->clock()))
                .ok());
  }
  ~House() { witness->lets_go = true; }

  static plan::Request request(int minutes) {
    plan::Request request = tone_request(minutes);
    request.engine = "mine";
    request.fallback = "tone";
    request.sample_rate = 8000;
    return request;
  }
};

absl::Status plays(const plan::Brief& brief, int, engines::HostSink& sink) {
  return play_tone(brief, sink);
}

/// By segment: who has played it.
std::vector<std::string> players_of(session::Session& session) {
  std::vector<std::string> players;
  for (const auto& segment : session.view().segments) players.push_back(segment->engine);
  return players;
}

}  // namespace

TEST_CASE("where an engine of the host's fails now and then, the fallback plays, and events say so",
          "[whole]") {
  House house([](const plan::Brief& brief, int attempt, engines::HostSink& sink) {
    if (brief.index % 2 == 0) return plays(brief, attempt, sink);
    sink.explain("no luck with segment " + std::to_string(brief.index));
    return fault_error(Fault::io, "");
  });
  const auto session = house.service->start(House::request(2));
  REQUIRE(session.ok());
  std::uint64_t cursor = session->first_event();
  REQUIRE(all_ready(**session));
  const std::vector<std::string> players = players_of(**session);
  REQUIRE(players.size() == 6);
  for (std::size_t k = 0; k < players.size(); ++k) {
    CHECK(players[k] == (k % 2 == 0 ? "mine" : "tone"));
    CHECK(played_by_fallback(**session, static_cast<int>(k)) == (k % 2 == 1));
  }
  std::vector<int> stood_in;
  while (const auto event = (*session)->events().poll(cursor)) {
    if (event->type != session::EventType::fallback) continue;
    stood_in.push_back(event->segment_index);
    CHECK(event->message ==
          "engine 'mine' failed: no luck with segment " + std::to_string(event->segment_index));
    CHECK(has_fault(event->status, Fault::io));
  }
  std::sort(stood_in.begin(), stood_in.end());
  CHECK(stood_in == std::vector<int>{1, 3, 5});
}

TEST_CASE("an engine that is taken away is stood in for from the next segment on") {
  House house(plays);
  plan::Request request = House::request(2);
  request.look_ahead = 1;
  const auto session = house.service->start(request);
  REQUIRE(session.ok());
  REQUIRE((*session)->wait_ready(1).ok());
  const auto removed = house.service->engines().remove("mine");
  REQUIRE(removed.ok());
  REQUIRE((*removed)->retire(std::chrono::seconds(10)).ok());
  CHECK(house.witness->released == 1);
  const int listener = (*session)->audience().add();
  (*session)->audience().move(listener, {2});
  for (const int index : {2, 3}) REQUIRE((*session)->wait_ready(index).ok());
  const auto segments = (*session)->view().segments;
  CHECK(segments[1]->engine == "mine");
  CHECK(segments[2]->engine == "tone");
  CHECK(segments[3]->engine == "tone");
  CHECK_FALSE(house.service->start(request).ok());
  (*session)->audience().remove(listener);
}

TEST_CASE("a service goes though its engine hangs, and the engine's player after its call") {
  House house(
      [&house](const plan::Brief&, int, engines::HostSink&) { return hang(house.witness); });
  {
    const auto session = house.service->start(House::request(1));
    REQUIRE(session.ok());
    REQUIRE(eventually([&] { return house.witness->under_way == 1; }));
  }
  house.service.reset();
  CHECK(house.witness->released == 0);
  CHECK(house.witness->under_way == 1);
  house.witness->lets_go = true;
  CHECK(eventually([&] { return house.witness->released == 1; }));
}

TEST_CASE("a player goes with the service where nobody has taken it away") {
  House house(plays);
  {
    const auto session = house.service->start(House::request(1));
    REQUIRE(all_ready(**session));
  }
  CHECK(house.witness->released == 0);
  house.service.reset();
  CHECK(house.witness->released == 1);
}

TEST_CASE("segments longer than an engine plays are refused, at the start and when steered") {
  engines::EngineInfo info = host_info();
  info.max_duration_seconds = 30;
  House house(plays, info);
  plan::Request request = House::request(2);
  const auto session = house.service->start(request);  // of 20 s and an overlap
  REQUIRE(session.ok());

  request.segment_seconds = 40.0;
  const auto refused = house.service->start(request);
  CHECK(field_of(refused.status()) == "segment_seconds");
  CHECK(refused.status().message().find("engine 'mine' plays segments of at most 30 s") !=
        absl::string_view::npos);
  request.engine = "tone";
  request.fallback = "mine";
  CHECK(field_of(house.service->start(request).status()) == "fallback");
  request.fallback = "";
  CHECK(house.service->start(request).ok());

  // Enough for the session as it is, but not for the segment with which other music comes in.
  const auto plan = (*session)->plan();
  plan::Steering sleep;
  sleep.goal = plan::Goal::sleep;
  const absl::Status steered = (*session)->steer(sleep, 20.0).status();
  CHECK(field_of(steered) == "engine");
  CHECK((*session)->plan() == plan);
}

TEST_CASE("who waits for a host's engine keeps no worker from the others", "[whole]") {
  engines::EngineInfo info = host_info();
  info.concurrency = 8;
  std::atomic<int> waiting{0};
  House house(
      [&](const plan::Brief&, int, engines::HostSink& sink) {
        ++waiting;
        while (sink.check().ok()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return cancelled_error();
      },
      info);
  const auto slow = house.service->start(House::request(2));
  REQUIRE(eventually([&] { return waiting > 2; }));  // of two workers
  plan::Request request = House::request(2);
  request.engine = "tone";
  const auto other = house.service->start(request);
  REQUIRE(all_ready(**other));
  CHECK((*slow)->view().ready_count == 0);
}
