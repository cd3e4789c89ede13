// SPDX-License-Identifier: MIT
#include "player/player.h"

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

#include "base/error.h"
#include "player/player_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("at the session's own rate the stream has the played length, to the sample") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  const auto player = offline_player(*session);
  CHECK(render_all(*player, 1000).size() == 60u * kToneRate * 2u);
  CHECK(player->info().state == player::PlayerState::finished);
  CHECK(player->info().position_seconds == Approx(60.0));
}

TEST_CASE("another rate keeps length, pitch and level") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  for (const int rate : {11025, 8000, 24000}) {
    const auto player = offline_player(*session, rate);
    const std::vector<float> samples = render_all(*player, 512);
    CHECK(samples.size() == 60u * static_cast<std::size_t>(rate) * 2u);
    CHECK(largest_step(samples) < 0.05f * kToneRate / static_cast<float>(rate));
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

namespace {

plan::Request small_request() {
  plan::Request request = tone_request(1);
  request.sample_rate = 8000;
  request.format = audio::AudioFormat::wav;
  return request;
}

/// Writes `samples` over those of a float WAV of `frames` frames, from `first_frame` on.
void overwrite(const std::string& path, std::int64_t frames, std::int64_t first_frame,
               const std::vector<float>& samples) {
  constexpr std::int64_t kFrameBytes = 2 * sizeof(float);
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path));
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(size - (frames - first_frame) * kFrameBytes);
  file.write(reinterpret_cast<const char*>(samples.data()),
             static_cast<std::streamsize>(samples.size() * sizeof(float)));
}

}  // namespace

TEST_CASE(
    "whatever a file becomes while it is heard, what is given is finite and within full scale",
    "[files]") {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float wild[] = {std::nanf(""), kInfinity, -kInfinity, 1e30f, -3e38f, 2.0f, -1.5f, 1e-42f};
  std::vector<float> samples(16'000);
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = wild[i % std::size(wild)];
  for (const int rate : {0, 44100}) {
    const auto service = open_service(1, std::make_shared<ToneEngine>());
    const auto session = service->start(small_request());
    REQUIRE(all_ready(**session));
    const auto player = offline_player(*session, rate);
    std::vector<float> all(400);
    REQUIRE(player->render_interleaved(all.data(), 200).ok());  // the file was opened by now
    const auto segment = (*session)->ready_segment(0);
    overwrite(segment->record->path, segment->record->frames, 5 * 8000, samples);
    const std::vector<float> rest = render_all(*player, 512);
    all.insert(all.end(), rest.begin(), rest.end());
    CHECK(std::all_of(all.begin(), all.end(), [](float x) { return std::abs(x) <= 1.0f; }));
    const auto at_full_scale =
        std::count_if(all.begin(), all.end(), [](float x) { return std::abs(x) == 1.0f; });
    // A resampler makes NaN, which is heard as silence, of all that lies near one.
    CHECK(at_full_scale > (rate == 0 ? 1000 : 0));
    // The music after it is heard as if nothing had been.
    CHECK(std::abs(all[all.size() / 2]) < 1.0f);
    CHECK(std::any_of(all.end() - 200'000, all.end(), [](float x) { return std::abs(x) > 0.01f; }));
  }
}

TEST_CASE("a file that has rotted is made again before it is rendered", "[files]") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  const auto session = service->start(small_request());
  REQUIRE(all_ready(**session));
  const std::vector<float> whole = render_all(*offline_player(*session), 4096);
  for (const int index : {0, 1}) {
    const auto segment = (*session)->ready_segment(index);
    overwrite(segment->record->path, segment->record->frames, 12 * 8000, {0.5f});
  }
  const std::vector<float> again = render_all(*offline_player(*session), 4096);
  CHECK(again == whole);
  std::uint64_t cursor = 0;
  int troubles = 0;
  while (const auto event = (*session)->events().poll(cursor)) {
    troubles += event->type == session::EventType::trouble;
  }
  CHECK(troubles == 2);
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

TEST_CASE("a session that fails gives the reason to the caller that renders it", "[files]") {
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
  std::vector<float> samples(2 * kToneRate);
  absl::Status failure;
  for (int second = 0; second < 60 && failure.ok(); ++second) {
    failure = player->render_interleaved(samples.data(), kToneRate).status();
  }
  CHECK_FALSE(failure.ok());
  CHECK_FALSE(path_of(failure).empty());

  // A player that comes after the failure is told as well.
  const auto late = offline_player(*session);
  failure = absl::OkStatus();
  for (int second = 0; second < 60 && failure.ok(); ++second) {
    failure = late->render_interleaved(samples.data(), kToneRate).status();
  }
  CHECK_FALSE(failure.ok());
}

TEST_CASE("with nothing made ahead the player asks for each segment when it comes to it") {
  const auto service = open_service(1, std::make_shared<ToneEngine>());
  plan::Request request = tone_request(1);
  request.look_ahead = 0;
  const auto session = service->start(request);
  CHECK(render_all(*offline_player(*session), 4096).size() == 60u * kToneRate * 2u);
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
