// SPDX-License-Identifier: MIT
#include "player/live_source.h"

#include <filesystem>

#include "player/player_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// A sound card that does not keep time: pulls blocks, remembers all it was given.
class Card {
 public:
  explicit Card(LiveSource& source) : source_(source) {}

  /// Returns the newest `blocks` blocks.
  std::vector<float> pull(int blocks) {
    const std::size_t before = heard_.size();
    for (int i = 0; i < blocks; ++i) {
      float block[2 * 256];
      REQUIRE(source_.pull(block, 256).ok());
      heard_.insert(heard_.end(), std::begin(block), std::end(block));
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return {heard_.begin() + static_cast<std::ptrdiff_t>(before), heard_.end()};
  }
  bool pull_until(PlayerState state) {
    return eventually([&] {
      pull(1);
      return source_.state() == state;
    });
  }
  const std::vector<float>& heard() const { return heard_; }

 private:
  LiveSource& source_;
  std::vector<float> heard_;
};

float loudest(const std::vector<float>& samples) {
  float peak = 0.0f;
  for (const float sample : samples) peak = std::max(peak, std::abs(sample));
  return peak;
}

}  // namespace

TEST_CASE("live and offline play the same samples") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  LiveSource source(*session, 48000);
  std::vector<float> live;
  std::vector<float> block(2 * 256);
  REQUIRE(eventually([&] {
    for (int i = 0; i < 8; ++i) {
      const auto music = source.pull(block.data(), 256);
      live.insert(live.end(), block.begin(), block.begin() + *music * 2);
    }
    return source.state() == PlayerState::finished;
  }));
  CHECK(source.position() == 60 * 48000);
  if (source.underruns() == 0) {  // else it has ramped, as it should
    CHECK(live == render_all(*offline_player(*session), 4096));
  }
}

TEST_CASE("pausing fades out, holds the position, and resuming fades in") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  LiveSource source(*session, 48000);
  Card card(source);
  REQUIRE(card.pull_until(PlayerState::playing));
  card.pull(40);
  source.set_paused(true);
  card.pull(4);
  CHECK(source.state() == PlayerState::paused);
  const std::int64_t held = source.position();
  CHECK(loudest(card.pull(10)) == 0.0f);
  CHECK(source.position() == held);
  source.set_paused(false);
  CHECK(loudest(card.pull(10)) > 0.01f);
  CHECK(source.state() == PlayerState::playing);
  CHECK(largest_step(card.heard()) < 0.05f);
  CHECK(source.underruns() == 0);
}

TEST_CASE("what is not ready is waited for in silence, without a click, and then goes on") {
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<bool> hold{true};
  engine->before = [&](const Brief& brief, SegmentSink& sink) {
    while (hold && brief.index == 1 && !sink.cancelled()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return absl::OkStatus();
  };
  const auto service = open_service(2, engine);
  const auto session = service->start(tone_request(1));
  LiveSource source(*session, 48000);
  Card card(source);
  const std::int64_t join = (*session)->plan().start_frame(1, 48000);
  // However often it has to wait on the way, all of the first segment up to the join can be heard.
  REQUIRE(eventually([&] {
    card.pull(1);
    return source.state() == PlayerState::waiting && source.position() > join - 2 * 48000;
  }));
  card.pull(4);
  const std::int64_t stopped_at = source.position();
  CHECK(stopped_at <= join);
  CHECK(loudest(card.pull(5)) == 0.0f);
  CHECK(source.position() == stopped_at);
  CHECK(source.underruns() >= 1);
  hold = false;
  REQUIRE(card.pull_until(PlayerState::playing));
  card.pull(50);
  CHECK(largest_step(card.heard()) < 0.05f);
}

TEST_CASE("a file that is gone ends the music without a click, and the session says so") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  std::filesystem::remove((*session)->path_of(1));
  std::uint64_t cursor = (*session)->events().now();
  LiveSource source(*session, 48000);
  Card card(source);
  REQUIRE(eventually([&] {
    card.pull(4);
    return source.state() == PlayerState::finished;
  }));
  CHECK(largest_step(card.heard()) < 0.05f);
  CHECK((*session)->events().poll(cursor)->type == EventType::segment_failed);
}

TEST_CASE("a player can go at any time") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  for (int i = 0; i < 20; ++i) LiveSource source(*session, 48000);
  CHECK((*session)->readiness(0) != Session::Readiness::never);
}
