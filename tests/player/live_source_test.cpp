// SPDX-License-Identifier: MIT
#include "player/live_source.h"

#include "player/player_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Pulls blocks as a sound card would, only not in real time: waits while nothing is ready.
std::vector<float> pull(LiveSource& source, int blocks, std::int64_t frames = 256) {
  std::vector<float> all;
  std::vector<float> block(static_cast<std::size_t>(frames) * 2);
  for (int i = 0; i < blocks; ++i) {
    REQUIRE(source.pull(block.data(), frames).ok());
    all.insert(all.end(), block.begin(), block.end());
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return all;
}

bool playing(LiveSource& source) {
  return eventually([&] {
    pull(source, 1);
    return source.state() == PlayerState::playing;
  });
}

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
    const auto music = source.pull(block.data(), 256);
    live.insert(live.end(), block.begin(), block.begin() + *music * 2);
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
  REQUIRE(playing(source));
  std::vector<float> heard = pull(source, 40);
  source.set_paused(true);
  std::vector<float> fading = pull(source, 4);
  CHECK(source.state() == PlayerState::paused);
  const std::int64_t held = source.position();
  CHECK(loudest(pull(source, 10)) == 0.0f);
  CHECK(source.position() == held);
  source.set_paused(false);
  const std::vector<float> again = pull(source, 10);
  CHECK(source.state() == PlayerState::playing);
  CHECK(loudest(again) > 0.01f);
  heard.insert(heard.end(), fading.begin(), fading.end());
  heard.insert(heard.end(), again.begin(), again.end());
  CHECK(largest_step(heard) < 0.12f);
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
  REQUIRE(playing(source));
  std::vector<float> heard;
  std::vector<float> block(2 * 256);
  const std::int64_t join = (*session)->plan().start_frame(1, 48000);
  REQUIRE(eventually([&] {
    REQUIRE(source.pull(block.data(), 256).ok());
    heard.insert(heard.end(), block.begin(), block.end());
    return source.state() == PlayerState::waiting && source.position() > join - 2 * 48000;
  }));
  const std::int64_t stopped_at = source.position();
  CHECK(stopped_at <= join);
  CHECK(loudest(pull(source, 5)) == 0.0f);
  CHECK(source.position() == stopped_at);
  CHECK(source.underruns() >= 1);
  hold = false;
  REQUIRE(playing(source));
  const std::vector<float> after = pull(source, 50);
  heard.insert(heard.end(), after.begin(), after.end());
  CHECK(largest_step(heard) < 0.12f);
}

TEST_CASE("a player can go at any time") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  for (int i = 0; i < 20; ++i) LiveSource source(*session, 48000);
  CHECK((*session)->readiness(0) != Session::Readiness::never);
}
