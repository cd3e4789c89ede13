// SPDX-License-Identifier: MIT
#include "player/mixdown.h"

#include "mastering/loudness.h"
#include "player/player_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

AudioBuffer mix_all(const SessionUse& session, std::int64_t block) {
  Mixdown mixdown(session);
  AudioBuffer all(2, session->request().target_minutes * std::int64_t{60} * 48000 + 48000, 48000);
  std::int64_t at = 0;
  while (true) {
    const auto part = mixdown.read(all.view().subview(at, block), Mixdown::Patience::until_ready);
    REQUIRE(part.ok());
    at += part->frames;
    if (part->state == Mixdown::State::finished) break;
  }
  all.truncate(at);
  return all;
}

}  // namespace

TEST_CASE("the stream is as long as the plan says, to the sample, whatever the block size") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  const AudioBuffer small = mix_all(*session, 997);
  const AudioBuffer large = mix_all(*session, 48000);
  CHECK(small.frames() == 60 * 48000);
  REQUIRE(large.frames() == small.frames());
  for (int c = 0; c < 2; ++c) {
    CHECK(std::equal(small.samples(c).begin(), small.samples(c).end(), large.samples(c).begin()));
  }
}

TEST_CASE("joins neither dip nor step") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(2));
  const AudioBuffer mix = mix_all(*session, 4096);
  std::vector<float> left(mix.samples(0).begin(), mix.samples(0).end());
  CHECK(largest_step(left, 1) < 0.05f);  // tones at this level move by less
  auto meter = LoudnessMeter::create(2, 48000, LoudnessMeter::TruePeak::measured);
  REQUIRE(meter.ok());
  meter->add(mix.view());
  CHECK(meter->loudness().true_peak_dbtp <= -0.9);
  const LoudnessCurve curve = meter->curve();
  const double ending = (*session)->plan().ending_seconds();
  const std::size_t body_end = curve.short_term_lufs.size() - static_cast<std::size_t>(ending * 10);
  for (std::size_t i = 40; i < body_end; ++i) {
    REQUIRE(curve.short_term_lufs[i] > -18.0 - 6.0);
    REQUIRE(curve.short_term_lufs[i] < -18.0 + 6.0);
  }
}

TEST_CASE("without patience it says that it waits, and goes on where it stopped") {
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<bool> hold{true};
  engine->before = [&](const Brief& brief, SegmentSink& sink) {
    while (hold && brief.index == 1) {
      if (sink.cancelled()) return cancelled_error();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return absl::OkStatus();
  };
  const auto service = open_service(2, engine);
  const auto session = service->start(tone_request(1));
  REQUIRE((*session)->wait_ready(0).ok());
  Mixdown mixdown(*session);
  AudioBuffer audio(2, 60 * 48000, 48000);
  const auto first = mixdown.read(audio.view(), Mixdown::Patience::none);
  REQUIRE(first.ok());
  CHECK(first->state == Mixdown::State::waiting);
  CHECK(first->frames == (*session)->plan().start_frame(1, 48000));
  CHECK(mixdown.read(audio.view(), Mixdown::Patience::none)->frames == 0);
  hold = false;
  REQUIRE(all_ready(**session));
  const auto rest = mixdown.read(audio.view(), Mixdown::Patience::none);
  CHECK(rest->frames == 60 * 48000 - first->frames);
}

TEST_CASE("a session that is ended early fades out instead of breaking off") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [](const Brief& brief, SegmentSink& sink) {
    while (brief.index > 0 && !sink.cancelled()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return absl::OkStatus();
  };
  const auto service = open_service(2, engine);
  const auto session = service->start(tone_request(1));
  REQUIRE((*session)->wait_ready(0).ok());
  REQUIRE((*session)->end().ok());
  const AudioBuffer mix = mix_all(*session, 4096);
  CHECK(mix.frames() == (*session)->plan().end_frame(0, 48000));
  for (std::int64_t i = mix.frames() - 48; i < mix.frames(); ++i) {
    CHECK(std::abs(mix.samples(0)[static_cast<std::size_t>(i)]) < 1e-3f);
  }
}
