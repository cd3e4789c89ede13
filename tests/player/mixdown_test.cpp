// SPDX-License-Identifier: MIT
#include "player/mixdown.h"

#include "mastering/loudness.h"
#include "player/player_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// What it gives until it waits or is finished, at most `seconds`.
audio::AudioBuffer mix_on(player::Mixdown& mixdown, std::int64_t block, double seconds = 200.0) {
  const auto most = static_cast<std::int64_t>(seconds * kToneRate);
  audio::AudioBuffer all(2, most, kToneRate);
  std::int64_t at = 0;
  while (at < most) {
    const auto part = mixdown.read(all.view().subview(at, std::min(block, most - at)));
    REQUIRE(part.ok());
    at += part->frames;
    if (part->state != player::Mixdown::State::playing) break;
  }
  all.truncate(at);
  return all;
}

audio::AudioBuffer mix_all(const session::SessionUse& session, std::int64_t block) {
  player::Mixdown mixdown(session, session::Listeners::Kind::offline);
  return mix_on(mixdown, block);
}

std::vector<float> left_of(const audio::AudioBuffer& audio) {
  return {audio.samples(0).begin(), audio.samples(0).end()};
}

/// Holds segment `index` back until it is let go.
struct Brake {
  std::atomic<bool> held{true};

  Brake(ToneEngine& engine, int index) {
    engine.before = [this, index](const plan::Brief& brief, engines::SegmentSink& sink) {
      while (held && brief.index == index) {
        if (sink.cancelled()) return cancelled_error();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      return absl::OkStatus();
    };
  }
};

}  // namespace

TEST_CASE("the stream is as long as the plan says, to the sample, whatever the block size") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  const audio::AudioBuffer small = mix_all(*session, 997);
  const audio::AudioBuffer large = mix_all(*session, kToneRate);
  CHECK(small.frames() == 60 * kToneRate);
  REQUIRE(large.frames() == small.frames());
  for (int c = 0; c < 2; ++c) {
    CHECK(std::equal(small.samples(c).begin(), small.samples(c).end(), large.samples(c).begin()));
  }
}

TEST_CASE("joins neither dip nor step") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(2));
  const audio::AudioBuffer mix = mix_all(*session, 4096);
  CHECK(largest_step(left_of(mix), 1) < 0.05f);  // tones at this level move by less
  auto meter =
      mastering::LoudnessMeter::create(2, kToneRate, mastering::LoudnessMeter::TruePeak::measured);
  REQUIRE(meter.ok());
  meter->add(mix.view());
  CHECK(meter->loudness().true_peak_dbtp <= -0.9);
  const mastering::LoudnessCurve curve = meter->curve();
  const double ending = (*session)->plan()->ending_seconds();
  const std::size_t body_end = curve.short_term_lufs.size() - static_cast<std::size_t>(ending * 10);
  for (std::size_t i = 40; i < body_end; ++i) {
    REQUIRE(curve.short_term_lufs[i] > -18.0 - 6.0);
    REQUIRE(curve.short_term_lufs[i] < -18.0 + 6.0);
  }
}

TEST_CASE("a late segment is joined to what is left of the one before, on the session's own time") {
  const auto engine = std::make_shared<ToneEngine>();
  Brake brake(*engine, 1);
  const auto service = open_service(2, engine);
  const auto session = service->start(tone_request(1));
  REQUIRE((*session)->wait_ready(0).ok());
  const std::int64_t join = (*session)->plan()->start_frame(1, kToneRate);
  const std::int64_t end = (*session)->plan()->end_frame(0, kToneRate);
  // In the middle of the overlap, and when there is nothing left.
  const double late = GENERATE(0.5, 10.0);
  player::Mixdown mixdown(*session, session::Listeners::Kind::live);
  const double seconds = static_cast<double>(join) / kToneRate + late;
  const audio::AudioBuffer before = mix_on(mixdown, 997, seconds);
  CHECK(before.frames() == std::min(end, static_cast<std::int64_t>(seconds * kToneRate)));
  brake.held = false;
  REQUIRE(all_ready(**session));
  const audio::AudioBuffer after = mix_on(mixdown, 997);
  CHECK(before.frames() + after.frames() == 60 * kToneRate);
  if (late > 5.0) return;  // then the player has fallen silent
  std::vector<float> whole = left_of(before);
  const std::vector<float> rest = left_of(after);
  whole.insert(whole.end(), rest.begin(), rest.end());
  CHECK(largest_step(whole, 1) < 0.05f);
}

TEST_CASE("a seek goes on with the same samples, also in the middle of a join") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  constexpr std::int64_t kTenth = kToneRate / 10;
  const audio::AudioBuffer whole = mix_all(*session, 4096);
  player::Mixdown mixdown(*session, session::Listeners::Kind::offline);
  const std::int64_t join = (*session)->plan()->start_frame(1, kToneRate);
  for (const std::int64_t frame :
       {join + kTenth, std::int64_t{100}, join - 5, join, 59 * std::int64_t{kToneRate}}) {
    mixdown.seek(frame);
    const audio::AudioBuffer part = mix_on(mixdown, 700, 0.2);
    REQUIRE(part.frames() == 2 * kTenth);
    for (std::size_t i = 0; i < 2 * kTenth; ++i) {
      REQUIRE(part.samples(0)[i] == whole.samples(0)[static_cast<std::size_t>(frame) + i]);
    }
  }
  CHECK(mixdown.position() == 59 * kToneRate + 2 * kTenth);
}

TEST_CASE("a steered session plays on without a seam, and the same when it is played again") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(2));
  player::Mixdown mixdown(*session, session::Listeners::Kind::offline);
  std::vector<float> heard;
  // The last one comes in the middle of an overlap.
  const double in_overlap = (*session)->plan()->start_seconds(1) + 0.7;
  for (const double moment : {7.3, 9.0, in_overlap, 60.0}) {
    const double now = static_cast<double>(mixdown.position()) / kToneRate;
    const std::vector<float> part = left_of(mix_on(mixdown, 1024, std::max(moment - now, 0.0)));
    heard.insert(heard.end(), part.begin(), part.end());
    mixdown.report(mixdown.position());
    plan::Steering steering;
    steering.intensity = heard.size() % 2 == 0 ? plan::Intensity::low : plan::Intensity::high;
    steering.divergence = 1.0;
    const auto from = (*session)->steer(steering);
    REQUIRE(from.ok());
    CHECK(*from >= static_cast<std::int64_t>(moment * 100) - 1);
    CHECK(*from <= static_cast<std::int64_t>(moment * 100) + 150);
  }
  const std::vector<float> rest = left_of(mix_on(mixdown, 1024));
  heard.insert(heard.end(), rest.begin(), rest.end());
  CHECK(heard.size() == 120u * kToneRate);
  CHECK(largest_step(heard, 1) < 0.06f);
  CHECK((*session)->plan()->change_count() == 4);
  CHECK(left_of(mix_all(*session, 4096)) == heard);
}

TEST_CASE("a change that is replaced just when it would be taken leaves the music as it is") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  player::Mixdown mixdown(*session, session::Listeners::Kind::live);
  mix_on(mixdown, 1024, 7.0);
  mixdown.report(5 * kToneRate);
  plan::Steering steering;
  steering.intensity = plan::Intensity::high;
  steering.divergence = 1.0;
  REQUIRE((*session)->steer(steering).ok());
  REQUIRE((*session)->wait_ready((*session)->plan()->first_changed()).ok());
  const auto from = mixdown.change_ready(5 * kToneRate);
  REQUIRE(from);
  REQUIRE(*from < mixdown.position());
  steering.intensity = plan::Intensity::low;
  REQUIRE((*session)->steer(steering).ok());
  const auto taken = mixdown.change_from(*from);
  REQUIRE(taken.ok());
  CHECK_FALSE(*taken);
  CHECK(mixdown.position() == 7 * kToneRate);
  // The next one is taken in its turn.
  REQUIRE((*session)->wait_ready((*session)->plan()->first_changed()).ok());
  const auto next = mixdown.change_ready(5 * kToneRate);
  REQUIRE(next);
  CHECK(*mixdown.change_from(*next));
  CHECK(mixdown.position() == *next);
}

TEST_CASE("a session is lengthened and shortened while it plays") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(2));
  player::Mixdown mixdown(*session, session::Listeners::Kind::offline);
  std::int64_t heard = mix_on(mixdown, 1024, 50.0).frames();
  mixdown.report(mixdown.position());
  plan::Steering longer;
  longer.target_minutes = 3;
  REQUIRE((*session)->steer(longer).ok());
  heard += mix_on(mixdown, 1024, 60.0).frames();
  mixdown.report(mixdown.position());
  plan::Steering shorter;
  shorter.target_minutes = 1;
  CHECK_FALSE((*session)->steer(shorter).ok());
  shorter.target_minutes = 2;
  CHECK_FALSE((*session)->steer(shorter).ok());  // 10 s are too few for an ending
  heard += mix_on(mixdown, 1024).frames();
  CHECK(heard == 180 * kToneRate);
}

TEST_CASE("a session that is ended early fades out instead of breaking off") {
  const auto engine = std::make_shared<ToneEngine>();
  engine->before = [](const plan::Brief& brief, engines::SegmentSink& sink) {
    while (brief.index > 0 && !sink.cancelled()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return absl::OkStatus();
  };
  const auto service = open_service(2, engine);
  const auto session = service->start(tone_request(1));
  REQUIRE((*session)->wait_ready(0).ok());
  REQUIRE((*session)->end().ok());
  const audio::AudioBuffer mix = mix_all(*session, 4096);
  CHECK(mix.frames() == (*session)->plan()->end_frame(0, kToneRate));
  for (std::int64_t i = mix.frames() - 48; i < mix.frames(); ++i) {
    CHECK(std::abs(mix.samples(0)[static_cast<std::size_t>(i)]) < 1e-3f);
  }
}
