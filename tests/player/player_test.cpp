// SPDX-License-Identifier: MIT
#include "player/player.h"

#include <filesystem>

#include "base/error.h"
#include "player/player_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("at the session's own rate the stream has the played length, to the sample") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  const auto player = offline_player(*session);
  CHECK(render_all(*player, 1000).size() == 60u * 48000u * 2u);
  CHECK(player->info().state == player::PlayerState::finished);
  CHECK(player->info().position_seconds == Approx(60.0));
}

TEST_CASE("another rate keeps length, pitch and level") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  for (const int rate : {44100, 22050, 96000}) {
    const auto player = offline_player(*session, rate);
    const std::vector<float> samples = render_all(*player, 512);
    CHECK(samples.size() == 60u * static_cast<std::size_t>(rate) * 2u);
    CHECK(largest_step(samples) < 0.05f * 48000.0f / static_cast<float>(std::min(rate, 48000)));
  }
}

TEST_CASE("one channel is the fold-down, more than two are left and right and silence") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  constexpr std::int64_t kFrames = 5000;
  std::vector<float> stereo(kFrames * 2), mono(kFrames), four(kFrames * 4);
  REQUIRE(offline_player(*session)->render_interleaved(stereo.data(), kFrames).ok());
  REQUIRE(offline_player(*session, 0, 1)->render_interleaved(mono.data(), kFrames).ok());
  REQUIRE(offline_player(*session, 0, 4)->render_interleaved(four.data(), kFrames).ok());
  for (std::size_t i = 0; i < kFrames; ++i) {
    REQUIRE(mono[i] == 0.5f * (stereo[2 * i] + stereo[2 * i + 1]));
    REQUIRE(four[4 * i] == stereo[2 * i]);
    REQUIRE(four[4 * i + 1] == stereo[2 * i + 1]);
    REQUIRE(four[4 * i + 2] == 0.0f);
    REQUIRE(four[4 * i + 3] == 0.0f);
  }
}

TEST_CASE("planar is interleaved, sorted by channel") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  constexpr std::int64_t kFrames = 3000;
  std::vector<float> interleaved(kFrames * 2), left(kFrames), right(kFrames);
  float* channels[] = {left.data(), right.data()};
  REQUIRE(offline_player(*session)->render_interleaved(interleaved.data(), kFrames).ok());
  REQUIRE(offline_player(*session)->render_planar(channels, kFrames).ok());
  for (std::size_t i = 0; i < kFrames; ++i) {
    REQUIRE(interleaved[2 * i] == left[i]);
    REQUIRE(interleaved[2 * i + 1] == right[i]);
  }
}

TEST_CASE("bad options are refused by name") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  const auto field = [&](player::PlayerOptions options) {
    return field_of(player::Player::create(*session, options).status());
  };
  CHECK(field({player::PlayerOptions::Mode::live, 7999, 2}) == "sample_rate");
  CHECK(field({player::PlayerOptions::Mode::live, 192001, 2}) == "sample_rate");
  CHECK(field({player::PlayerOptions::Mode::live, 0, 0}) == "channel_count");
  CHECK(field({player::PlayerOptions::Mode::live, 0, 9}) == "channel_count");
}

TEST_CASE("a session that fails gives the reason to whoever renders it", "[files]") {
  const TempFolder folder;
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [&](const plan::Brief& brief, engines::SegmentSink&) {
    if (brief.index == 1) std::filesystem::remove_all(folder / "data/sessions");
    return absl::OkStatus();
  };
  session::ServiceOptions options;
  options.storage = session::Storage::folder;
  options.data_folder = folder / "data";
  options.worker_count = 1;
  const auto service = open_service(options, engine);
  const auto session = service->start(tone_request(1));
  const auto player = offline_player(*session);
  std::vector<float> samples(2 * 48000);
  absl::Status failure;
  for (int second = 0; second < 60 && failure.ok(); ++second) {
    failure = player->render_interleaved(samples.data(), 48000).status();
  }
  CHECK_FALSE(failure.ok());
  CHECK_FALSE(path_of(failure).empty());

  // A player that comes after the failure is told as well.
  const auto late = offline_player(*session);
  failure = absl::OkStatus();
  for (int second = 0; second < 60 && failure.ok(); ++second) {
    failure = late->render_interleaved(samples.data(), 48000).status();
  }
  CHECK_FALSE(failure.ok());
}

TEST_CASE("with nothing made ahead the player asks for each segment when it comes to it") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  plan::Request request = tone_request(1);
  request.look_ahead = 0;
  const auto session = service->start(request);
  CHECK(render_all(*offline_player(*session), 4096).size() == 60u * 48000u * 2u);
}

TEST_CASE("a skip finds its segments also in a store that drops what was heard") {
  const auto service = open_service(2, std::make_shared<ToneEngine>(), session::Storage::memory);
  const auto session = service->start(tone_request(2));
  REQUIRE((*session)->wait_ready(1).ok());
  const auto player = offline_player(*session);
  std::vector<float> samples(2 * 4800);
  REQUIRE(player->render_interleaved(samples.data(), 4800).ok());
  REQUIRE(player->skip().ok());
  CHECK(player->render_interleaved(samples.data(), 4800).value() == 4800);
}

TEST_CASE("who renders a session that is deleted is told, and hears no end that looks like one") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  const auto player = offline_player(*session);
  float block[2 * 480];
  REQUIRE(player->render_interleaved(block, 480).ok());
  REQUIRE(service->delete_session((*session)->id()).ok());
  absl::Status told;
  for (int i = 0; i < 60 * 100 && told.ok(); ++i) {
    const auto music = player->render_interleaved(block, 480);
    told = music.status();
    if (music.ok()) REQUIRE(*music == 480);
  }
  CHECK(is_not_found(told));
}
