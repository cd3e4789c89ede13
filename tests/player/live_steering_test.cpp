// SPDX-License-Identifier: MIT
// What a listener hears who steers a session while it plays.
#include <cmath>

#include "player/card.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// The music from `frame` on as a player that comes later has it, in `frames` frames.
std::vector<float> played_again(const SessionUse& session, std::int64_t frame,
                                std::int64_t frames) {
  Mixdown mixdown(session, Listeners::Kind::offline);
  mixdown.seek(frame);
  AudioBuffer audio(2, frames, session->request().sample_rate);
  REQUIRE(mixdown.read(audio.view())->frames == frames);
  std::vector<float> stereo(static_cast<std::size_t>(frames) * 2);
  interleave(audio.view(), stereo.data());
  return stereo;
}

/// Energy of the difference against that of `music`, for one second from `second` on.
double difference(const std::vector<float>& heard, const std::vector<float>& music, double second) {
  double apart = 0.0;
  double whole = 1e-12;
  const auto first = static_cast<std::size_t>(second * 96000.0) & ~std::size_t{1};
  for (std::size_t i = first; i < first + 24000; ++i) {
    const double a = static_cast<double>(heard[i]);
    const double b = static_cast<double>(music[i]);
    apart += (a - b) * (a - b);
    whole += b * b;
  }
  return apart / whole;
}

/// Delivers at once, except while it is held.
struct HeldEngine {
  std::shared_ptr<ToneEngine> engine = std::make_shared<ToneEngine>();
  std::atomic<bool> held{false};

  HeldEngine() {
    engine->before = [this](const Brief&, SegmentSink& sink) {
      while (held && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return absl::OkStatus();
    };
  }
};

/// Whoever stands in for the held engine plays as softly as it does, so that a step is a click.
std::shared_ptr<Service> open_with_soft_fallback(const std::shared_ptr<ToneEngine>& engine) {
  const auto service = open_service(2, engine);
  REQUIRE(service->engines().add(std::make_shared<ToneEngine>("soft")).ok());
  return service;
}

Request soft_request(int minutes) {
  Request request = tone_request(minutes);
  request.fallback = "soft";
  return request;
}

Steering other_music(Intensity intensity = Intensity::high) {
  Steering steering;
  steering.intensity = intensity;
  steering.divergence = 1.0;
  return steering;
}

}  // namespace

TEST_CASE("with studio a change is heard within three seconds, without a seam") {
  const double speed = affordable_speed(0.9, 40.0, 1.0);
  const auto service = open_service(ServiceOptions());
  Request request;
  request.target_minutes = 5;
  request.seed = 3;
  request.goal = GENERATE(Goal::focus, Goal::sleep);
  const auto session = service->start(request);
  REQUIRE((*session)->wait_ready(0).ok());
  LiveSource source(*session, 48000);
  source.seek(20 * 48000);
  Card card(source, speed);
  REQUIRE(card.pull_until([&] { return source.position() > 21 * 48000; }));

  const std::int64_t asked_at = source.position();
  const std::vector<float> unsteered = played_again(*session, asked_at, 8 * 48000);
  const std::size_t mark = card.heard().size();
  Steering steering;
  steering.goal = Goal::energize;
  steering.divergence = 1.0;
  REQUIRE((*session)->steer(steering).ok());
  REQUIRE(card.pull_until([&] { return source.position() > asked_at + 6 * 48000; }));
  CHECK(source.underruns() == 0);

  const std::vector<float> heard(card.heard().begin() + static_cast<std::ptrdiff_t>(mark),
                                 card.heard().end());
  CHECK(difference(heard, unsteered, 0.0) < 1e-9);  // nothing changes before it can
  CHECK(difference(heard, unsteered, 2.9) > 0.25);
  const std::vector<float> again = played_again(*session, asked_at, 6 * 48000);
  CHECK(difference(heard, again, 5.0) < 1e-9);
  CHECK(longest_hole(heard, 48000) < 0.010);
  CHECK(largest_step(heard) < std::max(largest_step(unsteered), largest_step(again)) * 1.2f);
}

TEST_CASE("with an engine that is slow the change comes as soon as it delivers") {
  HeldEngine slow;
  const auto service = open_with_soft_fallback(slow.engine);
  const auto session = service->start(soft_request(1));
  REQUIRE(all_ready(**session));
  LiveSource source(*session, 48000);
  Card card(source, 4.0);
  REQUIRE(card.pull_until([&] { return source.position() > 5 * 48000; }));
  slow.held = true;
  REQUIRE((*session)->steer(other_music()).ok());
  const int changed = (*session)->plan()->first_changed();
  REQUIRE(card.pull_until([&] { return source.position() > 10 * 48000; }));
  CHECK((*session)->readiness(changed) == Session::Readiness::pending);
  slow.held = false;
  REQUIRE((*session)->wait_ready(changed).ok());
  const std::int64_t ready_at = source.position();
  REQUIRE(card.pull_until([&] { return source.position() > ready_at + 3 * 48000; }));
  const std::vector<float> again = played_again(*session, source.position() - 24000, 24000);
  const std::vector<float> heard(card.heard().end() - 48000, card.heard().end());
  CHECK(difference(heard, again, 0.0) < 1e-9);
  CHECK(largest_step(card.heard()) < 0.06f);
  CHECK(source.underruns() == 0);
  CHECK_FALSE((*session)->played_by_fallback(changed));
}

TEST_CASE("steering a paused player is heard when it goes on") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  LiveSource source(*session, 48000);
  Card card(source);
  REQUIRE(card.pull_until([&] { return source.position() > 5 * 48000; }));
  source.set_paused(true);
  card.pull(10);
  const auto from = (*session)->steer(other_music());
  REQUIRE(from.ok());
  REQUIRE((*session)->wait_ready((*session)->plan()->first_changed()).ok());
  card.pull(200);
  source.set_paused(false);
  REQUIRE(card.pull_until([&] { return source.position() > *from * 480 + 3 * 48000; }));
  const std::vector<float> again = played_again(*session, source.position() - 24000, 24000);
  const std::vector<float> heard(card.heard().end() - 48000, card.heard().end());
  CHECK(difference(heard, again, 0.0) < 1e-9);
  CHECK(largest_step(card.heard()) < 0.06f);
}

TEST_CASE("a change that comes late, in the join it was asked for before, does not click") {
  HeldEngine slow;
  const auto service = open_with_soft_fallback(slow.engine);
  const auto session = service->start(soft_request(2));
  REQUIRE(all_ready(**session));
  const std::int64_t join = (*session)->plan()->start_frame(1, 48000);
  const double late = GENERATE(0.5, 1.0, 4.0);
  LiveSource source(*session, 48000);
  source.seek(join - 4 * 48000);
  Card card(source, 4.0);
  REQUIRE(card.pull_until([&] { return source.position() > join - 72000; }));
  REQUIRE(card.pull_until(PlayerState::playing));
  slow.held = true;
  REQUIRE((*session)->steer(other_music()).ok());
  const auto delivered = join + static_cast<std::int64_t>(late * 48000);
  REQUIRE(card.pull_until([&] { return source.position() > delivered; }));
  slow.held = false;
  REQUIRE(card.pull_until([&] { return source.position() > delivered + 4 * 48000; }));
  CHECK(largest_step(card.heard()) < 0.06f);
  CHECK(source.underruns() == 0);
}

TEST_CASE("a session that is ended while a change is on its way fades out") {
  HeldEngine slow;
  const auto service = open_service(2, slow.engine);
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  LiveSource source(*session, 48000);
  Card card(source, 10.0);
  REQUIRE(card.pull_until([&] { return source.position() > 5 * 48000; }));
  slow.held = true;
  REQUIRE((*session)->steer(other_music()).ok());
  REQUIRE((*session)->end().ok());
  REQUIRE(card.pull_until(PlayerState::finished));
  CHECK(largest_step(card.heard()) < 0.05f);
}

TEST_CASE("a session that is shortened ends in time, also where its last segment comes too late") {
  HeldEngine slow;
  const auto service = open_service(2, slow.engine);
  Request request = tone_request(5);
  request.segment_seconds = 300.0;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  LiveSource source(*session, 48000);
  source.seek(25 * 48000);
  Card card(source, 8.0);
  REQUIRE(card.pull_until([&] { return source.position() > 26 * 48000; }));
  REQUIRE(card.pull_until(PlayerState::playing));
  slow.held = true;
  Steering steering;
  steering.target_minutes = 1;
  REQUIRE((*session)->steer(steering).ok());
  REQUIRE(card.pull_until(PlayerState::finished));
  CHECK(source.position() <= 60 * 48000);
  slow.held = false;
  source.seek(10 * 48000);
  REQUIRE(card.pull_until(PlayerState::playing));
}

TEST_CASE("a second change, before the first is made, comes whatever the look-ahead is") {
  HeldEngine slow;
  const auto service = open_with_soft_fallback(slow.engine);
  Request request = soft_request(5);
  request.segment_seconds = 120.0;
  request.look_ahead = 1;
  const auto session = service->start(request);
  REQUIRE((*session)->wait_ready(1).ok());
  LiveSource source(*session, 48000);
  Card card(source, 8.0);
  REQUIRE(card.pull_until([&] { return source.position() > 5 * 48000; }));
  slow.held = true;
  REQUIRE((*session)->steer(other_music()).ok());
  REQUIRE(card.pull_until([&] { return source.position() > 8 * 48000; }));
  REQUIRE((*session)->steer(other_music(Intensity::low)).ok());
  REQUIRE(card.pull_until([&] { return source.position() > 12 * 48000; }));
  slow.held = false;
  const int changed = (*session)->plan()->first_changed();
  REQUIRE(card.pull_until([&] { return source.position() > 30 * 48000; }));
  CHECK((*session)->readiness(changed) == Session::Readiness::ready);
  CHECK(source.underruns() == 0);
  CHECK(largest_step(card.heard()) < 0.06f);
}

TEST_CASE("a pause whose fade meets a change does not click") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(5));
  LiveSource source(*session, 48000);
  std::vector<float> heard;
  const auto pull_to = [&](std::int64_t position) {
    std::vector<float> block(2 * 480);
    return eventually([&] {
      const std::int64_t left = std::min<std::int64_t>(position - source.position(), 480);
      if (left <= 0) return true;
      const std::int64_t music = *source.pull(block.data(), left);
      heard.insert(heard.end(), block.begin(), block.begin() + 2 * music);
      return source.position() >= position;
    });
  };
  REQUIRE(pull_to(48000));
  for (const int before : {60, 120, 180, 240, 300, 360}) {
    const auto from = (*session)->steer(other_music());
    REQUIRE(from.ok());
    REQUIRE((*session)->wait_ready((*session)->plan()->first_changed()).ok());
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // the feeder splices it in
    REQUIRE(pull_to(*from * 480 - before));
    source.set_paused(true);
    std::vector<float> fade(2 * 960);
    REQUIRE(source.pull(fade.data(), 960).ok());
    heard.insert(heard.end(), fade.begin(), fade.end());
    source.set_paused(false);
    REQUIRE(pull_to(source.position() + 24000));
  }
  CHECK(largest_step(heard) < 0.06f);
}

TEST_CASE("a player that is at the end does not keep another from steering") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  const auto finished = offline_player(*session);
  render_all(*finished, 48000);
  LiveSource source(*session, 48000);
  Card card(source);
  REQUIRE(card.pull_until([&] { return source.position() > 5 * 48000; }));
  CHECK((*session)->steer(other_music()).ok());
}

TEST_CASE("a change that is replaced by another before a player has taken it does not click") {
  HeldEngine slow;
  const auto service = open_with_soft_fallback(slow.engine);
  Request request = soft_request(5);
  request.segment_seconds = 120.0;
  const auto session = service->start(request);
  REQUIRE(all_ready(**session));
  LiveSource source(*session, 48000);
  Card card(source, 4.0);
  REQUIRE(card.pull_until([&] { return source.position() > 5 * 48000; }));
  for (const int wait_ms : {0, 5, 20}) {
    slow.held = true;
    REQUIRE((*session)->steer(other_music()).ok());
    const std::int64_t asked_at = source.position();
    REQUIRE(card.pull_until([&] { return source.position() > asked_at + 4 * 48000; }));
    slow.held = false;
    REQUIRE((*session)->wait_ready((*session)->plan()->first_changed()).ok());
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    REQUIRE((*session)->steer(other_music(Intensity::low)).ok());
    const std::int64_t again_at = source.position();
    REQUIRE(card.pull_until([&] { return source.position() > again_at + 4 * 48000; }));
  }
  CHECK(largest_step(card.heard()) < 0.06f);
}
