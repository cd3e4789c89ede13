// SPDX-License-Identifier: MIT
#include "player/live_source.h"

#include "player/card.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// A minute that is ready, and a card that plays it.
struct Playing {
  std::shared_ptr<session::Service> service = open_service(2, std::make_shared<ToneEngine>());
  session::SessionUse session = started(*service);
  player::LiveSource source{session, kToneRate, kFeedInterval};
  Card card{source, kToneRate, 64};  // 5 ms

  Playing() { REQUIRE(card.pull_until(player::PlayerState::playing)); }

  static session::SessionUse started(session::Service& service) {
    auto session = service.start(tone_request(1));
    REQUIRE(all_ready(**session));
    return *std::move(session);
  }
};

}  // namespace

TEST_CASE("live and offline play the same samples") {
  Playing playing;
  REQUIRE(playing.card.pull_until(player::PlayerState::finished));
  CHECK(playing.source.position() == 60 * kToneRate);
  CHECK(playing.source.underruns() == 0);
  CHECK(playing.card.music() == render_all(*offline_player(playing.session), 4096));
}

TEST_CASE("pausing fades out, holds the position, and resuming fades in") {
  Playing playing;
  player::LiveSource& source = playing.source;
  Card& card = playing.card;
  card.pull(40);
  source.set_paused(true);
  card.pull(4);
  CHECK(source.state() == player::PlayerState::paused);
  const std::int64_t held = source.position();
  CHECK(loudest(card.pull(10)) == 0.0f);
  CHECK(source.position() == held);
  source.set_paused(false);
  CHECK(loudest(card.pull(10)) > 0.01f);
  CHECK(source.state() == player::PlayerState::playing);
  CHECK(largest_step(card.heard()) < 0.05f);
  CHECK(source.underruns() == 0);
}

TEST_CASE("a seek ramps, lands where it should, and the last of several counts", "[whole]") {
  Playing playing;
  player::LiveSource& source = playing.source;
  Card& card = playing.card;
  card.pull(40);
  for (const double seconds : {40.0, 3.0, 21.0, 55.0}) {
    const auto wanted = static_cast<std::int64_t>(seconds * kToneRate);
    source.seek(30 * kToneRate);
    source.seek(wanted);
    CHECK(source.position() == wanted);
    REQUIRE(card.pull_until(
        [&] { return source.position() > wanted && source.position() < wanted + kToneRate / 2; }));
    REQUIRE(card.pull_until(player::PlayerState::playing));
    card.pull(20);
  }
  CHECK(largest_step(card.heard()) < 0.05f);
  CHECK(source.underruns() == 0);
}

TEST_CASE("from the moment of a seek the position is the one that was asked for") {
  Playing playing;
  player::LiveSource& source = playing.source;
  for (const std::int64_t second : {36, 10, 30}) {
    source.seek(second * kToneRate);
    for (int i = 0; i < 60; ++i) {  // followed by the feeder, and not yet by the card
      REQUIRE(source.position() == second * kToneRate);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    plan::Steering steering;
    steering.intensity = second == 10 ? plan::Intensity::low : plan::Intensity::high;
    const auto from = playing.session->steer(steering);
    REQUIRE(from.ok());
    CHECK(*from >= second * 100);
    CHECK(*from < (second + 4) * 100);
    playing.card.pull(40);
  }
}

TEST_CASE("a seek while paused holds its place, and after the end it plays again", "[whole]") {
  Playing playing;
  player::LiveSource& source = playing.source;
  Card& card = playing.card;
  source.set_paused(true);
  card.pull(10);
  source.seek(58 * kToneRate);
  REQUIRE(card.pull_until([&] { return source.position() == 58 * kToneRate; }));
  CHECK(loudest(card.pull(10)) == 0.0f);
  CHECK(source.state() == player::PlayerState::paused);
  source.set_paused(false);
  REQUIRE(card.pull_until(player::PlayerState::finished));
  CHECK(source.position() == 60 * kToneRate);
  source.seek(kToneRate);
  REQUIRE(card.pull_until(player::PlayerState::playing));
  card.pull(100);
  CHECK(source.position() > kToneRate);
  CHECK(source.position() < 4 * kToneRate);
  CHECK(largest_step(card.heard()) < 0.05f);
}

TEST_CASE("a player can go at any time") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  for (int i = 0; i < 20; ++i) player::LiveSource source(*session, kToneRate);
  CHECK((*session)->readiness(0) != session::Readiness::never);
}
