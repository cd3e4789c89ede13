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
  const auto engine = std::make_shared<ToneEngine>();
  std::atomic<bool> slow{false};
  engine->before = [&](const Brief&, SegmentSink& sink) {
    while (slow && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return absl::OkStatus();
  };
  const auto service = open_service(2, engine);
  const auto session = service->start(tone_request(1));
  REQUIRE(all_ready(**session));
  LiveSource source(*session, 48000);
  Card card(source, 4.0);
  REQUIRE(card.pull_until([&] { return source.position() > 5 * 48000; }));
  slow = true;
  Steering steering;
  steering.intensity = Intensity::high;
  steering.divergence = 1.0;
  REQUIRE((*session)->steer(steering).ok());
  const int changed = (*session)->plan()->first_changed();
  REQUIRE(card.pull_until([&] { return source.position() > 10 * 48000; }));
  CHECK((*session)->readiness(changed) == Session::Readiness::pending);
  slow = false;
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
  Steering steering;
  steering.intensity = Intensity::high;
  steering.divergence = 1.0;
  const auto from = (*session)->steer(steering);
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
