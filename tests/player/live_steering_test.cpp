// SPDX-License-Identifier: MIT
// What a listener hears who steers a session while it plays.
#include <cmath>

#include "player/card.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// The music from `frame` on as a player that comes later has it, in `frames` frames.
std::vector<float> played_again(const session::SessionUse& session, std::int64_t frame,
                                std::int64_t frames) {
  player::Mixdown mixdown(session, session::Listeners::Kind::offline);
  mixdown.seek(frame);
  audio::AudioBuffer audio(2, frames, session->started_with().sample_rate);
  REQUIRE(mixdown.read(audio.view())->frames == frames);
  std::vector<float> stereo(static_cast<std::size_t>(frames) * 2);
  audio::interleave(audio.view(), stereo.data());
  return stereo;
}

/// Energy of the difference against that of `music`, for one second from `second` on.
double difference(const std::vector<float>& heard, const std::vector<float>& music, double second) {
  double apart = 0.0;
  double whole = 1e-12;
  const auto first = static_cast<std::size_t>(second * 2 * kToneRate) & ~std::size_t{1};
  for (std::size_t i = first; i < first + kToneRate / 2; ++i) {
    const double a = static_cast<double>(heard[i]);
    const double b = static_cast<double>(music[i]);
    apart += (a - b) * (a - b);
    whole += b * b;
  }
  return apart / whole;
}

/// Delivers at once, except while it is held.
struct HeldEngine {
  explicit HeldEngine(const std::string& key = "tone") : engine(std::make_shared<ToneEngine>(key)) {
    engine->before = [this](const plan::Brief&, engines::SegmentSink& sink) {
      while (held && !sink.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return absl::OkStatus();
    };
  }
  std::shared_ptr<ToneEngine> engine;
  std::atomic<bool> held{false};
};

/// A session and a card that plays it. The engine that stands in for its own plays as
/// softly, so that a step is a click.
struct Playing {
  explicit Playing(const plan::Request& request = tone_request(1))
      : session(start(request)), source(session, kToneRate, kFeedInterval) {}

  void seek(double seconds) { source.seek(static_cast<std::int64_t>(seconds * kToneRate)); }

  bool pull_to(double seconds) {
    return card.pull_until(
        [&] { return static_cast<double>(source.position()) > seconds * kToneRate; });
  }
  bool pull_on(double seconds) {
    return pull_to(static_cast<double>(source.position()) / kToneRate + seconds);
  }
  int first_changed() const { return session->plan()->first_changed(); }
  bool change_is_made() const {
    return eventually(
        [&] { return session->readiness(first_changed()) == session::Readiness::ready; });
  }
  /// Whether what was heard last is what a player that comes later has there.
  void check_heard_again() const {
    const std::vector<float> again =
        played_again(session, source.position() - kToneRate / 2, kToneRate / 2);
    const std::vector<float> heard(card.heard().end() - kToneRate, card.heard().end());
    CHECK(difference(heard, again, 0.0) < 1e-9);
  }

  HeldEngine engine;
  HeldEngine stand_in{"soft"};
  session::SessionUse session;
  player::LiveSource source;
  Card card{source, kToneRate, 64};

 private:
  session::SessionUse start(plan::Request request) {
    const auto service = open_service(2, engine.engine);
    REQUIRE(service->engines().add(stand_in.engine).ok());
    request.fallback = "soft";
    auto started = service->start(request);
    REQUIRE((*started)->wait_ready(0).ok());
    if (!request.look_ahead) REQUIRE(all_ready(**started));
    return *std::move(started);
  }
};

plan::Steering other_music(plan::Intensity intensity = plan::Intensity::high) {
  plan::Steering steering;
  steering.intensity = intensity;
  steering.divergence = 1.0;
  return steering;
}

}  // namespace

TEST_CASE("with studio a change is heard within three seconds, without a seam", "[whole]") {
  // From when the session is steered it has as much until the change may come.
  const auto studio = std::make_shared<TimedStudio>(0.9);
  const auto service = open_service(session::ServiceOptions());
  REQUIRE(service->engines().add(studio).ok());
  plan::Request request;
  request.engine = TimedStudio::kKey;
  request.target_minutes = 2;
  request.segment_seconds = 30.0;
  request.sample_rate = kToneRate;
  request.look_ahead = 1;
  request.seed = 3;
  request.goal = GENERATE(plan::Goal::focus, plan::Goal::sleep);
  const auto session = service->start(request);
  for (const int index : {0, 1}) REQUIRE((*session)->wait_ready(index).ok());
  player::LiveSource source(*session, kToneRate, kFeedInterval);
  source.seek(14 * kToneRate);
  Card card(source, kToneRate, 64);
  card.keep_time_with(studio->work(), **session);
  REQUIRE(card.pull_until([&] { return source.position() > 15 * kToneRate; }));

  const std::int64_t asked_at = source.position();
  const std::vector<float> unsteered = played_again(*session, asked_at, 8 * kToneRate);
  const std::size_t mark = card.heard().size();
  plan::Steering steering;
  steering.goal = plan::Goal::energize;
  steering.divergence = 1.0;
  REQUIRE((*session)->steer(steering).ok());
  const int changed = (*session)->plan()->first_changed();
  REQUIRE(eventually([&] { return studio->work().was_asked_for(changed); }));
  REQUIRE(card.pull_until([&] { return source.position() > asked_at + 6 * kToneRate; }));
  CHECK(source.underruns() == 0);

  const std::vector<float> heard(card.heard().begin() + static_cast<std::ptrdiff_t>(mark),
                                 card.heard().end());
  CHECK(difference(heard, unsteered, 0.0) < 1e-9);  // nothing changes before it can
  CHECK(difference(heard, unsteered, 2.9) > 0.25);
  const std::vector<float> again = played_again(*session, asked_at, 6 * kToneRate);
  CHECK(difference(heard, again, 5.0) < 1e-9);
  CHECK(longest_hole(heard, kToneRate) < 0.010);
  CHECK(largest_step(heard) < std::max(largest_step(unsteered), largest_step(again)) * 1.2f);
}

TEST_CASE("with an engine that is slow the change comes as soon as it delivers") {
  Playing playing;
  REQUIRE(playing.pull_to(5.0));
  playing.engine.held = true;
  REQUIRE(playing.session->steer(other_music()).ok());
  const int changed = playing.first_changed();
  REQUIRE(playing.pull_to(10.0));
  CHECK(playing.session->readiness(changed) == session::Readiness::pending);
  playing.engine.held = false;
  REQUIRE(playing.change_is_made());
  REQUIRE(playing.pull_on(3.0));
  playing.check_heard_again();
  CHECK(largest_step(playing.card.heard()) < 0.06f);
  CHECK(playing.source.underruns() == 0);
  CHECK_FALSE(played_by_fallback(*playing.session, changed));
}

TEST_CASE("steering a paused player is heard when it goes on") {
  Playing playing;
  REQUIRE(playing.pull_to(5.0));
  playing.source.set_paused(true);
  playing.card.pull(10);
  const auto from = playing.session->steer(other_music());
  REQUIRE(from.ok());
  REQUIRE(playing.change_is_made());
  playing.card.pull(200);
  playing.source.set_paused(false);
  REQUIRE(playing.pull_to(static_cast<double>(*from) * 0.01 + 3.0));
  playing.check_heard_again();
  CHECK(largest_step(playing.card.heard()) < 0.06f);
}

TEST_CASE("a change that comes late, in the join it was asked for before, does not click") {
  const double late = GENERATE(0.5, 1.0, 4.0);
  Playing playing;
  const double join = playing.session->plan()->start_seconds(1);
  playing.seek(join - 4.0);
  REQUIRE(playing.pull_to(join - 1.5));
  REQUIRE(playing.card.pull_until(player::PlayerState::playing));
  playing.engine.held = true;
  REQUIRE(playing.session->steer(other_music()).ok());
  REQUIRE(playing.pull_to(join + late));
  playing.engine.held = false;
  REQUIRE(playing.change_is_made());
  REQUIRE(playing.pull_on(4.0));
  playing.check_heard_again();
  CHECK(largest_step(playing.card.heard()) < 0.06f);
  CHECK(playing.source.underruns() == 0);
}

TEST_CASE("a session that is ended while a change is on its way fades out") {
  Playing playing;
  REQUIRE(playing.pull_to(5.0));
  playing.engine.held = true;
  REQUIRE(playing.session->steer(other_music()).ok());
  REQUIRE(playing.session->end().ok());
  REQUIRE(playing.card.pull_until(player::PlayerState::finished));
  CHECK(largest_step(playing.card.heard()) < 0.05f);
}

TEST_CASE("a session that is shortened ends in time, also where its last segment comes too late") {
  plan::Request request = tone_request(2);
  request.segment_seconds = 120.0;
  Playing playing(request);
  playing.seek(25.0);
  REQUIRE(playing.pull_to(26.0));
  REQUIRE(playing.card.pull_until(player::PlayerState::playing));
  playing.engine.held = true;
  playing.stand_in.held = true;
  plan::Steering steering;
  steering.target_minutes = 1;
  REQUIRE(playing.session->steer(steering).ok());
  REQUIRE(playing.card.pull_until(player::PlayerState::finished));
  CHECK(playing.source.position() <= 60 * kToneRate);
  playing.engine.held = false;
  playing.seek(10.0);
  REQUIRE(playing.card.pull_until(player::PlayerState::playing));
}

TEST_CASE("a second change, before the first is made, comes whatever the look-ahead is") {
  plan::Request request = tone_request(3);
  request.segment_seconds = 60.0;
  request.look_ahead = 1;
  Playing playing(request);
  REQUIRE(playing.pull_to(5.0));
  playing.engine.held = true;
  REQUIRE(playing.session->steer(other_music()).ok());
  REQUIRE(playing.pull_to(8.0));
  REQUIRE(playing.session->steer(other_music(plan::Intensity::low)).ok());
  REQUIRE(playing.pull_to(12.0));
  playing.engine.held = false;
  REQUIRE(playing.change_is_made());
  REQUIRE(playing.pull_to(18.0));
  playing.check_heard_again();
  CHECK(playing.source.underruns() == 0);
  CHECK(largest_step(playing.card.heard()) < 0.06f);
}

TEST_CASE("a pause whose fade meets a change does not click") {
  const auto service = open_service(2, std::make_shared<ToneEngine>());
  const auto session = service->start(tone_request(1));
  player::LiveSource source(*session, kToneRate, kFeedInterval);
  std::vector<float> heard;
  const auto pull_to = [&](std::int64_t position) {
    std::vector<float> block(2 * 120);
    return eventually([&] {
      const std::int64_t left = std::min<std::int64_t>(position - source.position(), 120);
      if (left <= 0) return true;
      const std::int64_t music = *source.pull(block.data(), left);
      heard.insert(heard.end(), block.begin(), block.begin() + 2 * music);
      return source.position() >= position;
    });
  };
  REQUIRE(pull_to(kToneRate));
  for (const int before : {15, 30, 45, 60, 75, 90}) {
    const auto from = (*session)->steer(other_music());
    REQUIRE(from.ok());
    REQUIRE((*session)->wait_ready((*session)->plan()->first_changed()).ok());
    const std::uint32_t rests = source.rests();
    REQUIRE(eventually([&] { return source.rests() > rests + 2; }));  // the feeder splices it in
    REQUIRE(pull_to(*from * kToneRate / 100 - before));
    source.set_paused(true);
    std::vector<float> fade(2 * 240);
    REQUIRE(source.pull(fade.data(), 240).ok());
    heard.insert(heard.end(), fade.begin(), fade.end());
    source.set_paused(false);
    REQUIRE(pull_to(source.position() + kToneRate / 2));
  }
  CHECK(largest_step(heard) < 0.06f);
}

TEST_CASE("a player that is at the end does not keep another from steering") {
  Playing playing;
  const auto finished = offline_player(playing.session);
  render_all(*finished, kToneRate);
  REQUIRE(playing.pull_to(5.0));
  CHECK(playing.session->steer(other_music()).ok());
}

TEST_CASE("a change that is replaced by another before a player has taken it does not click") {
  plan::Request request = tone_request(2);
  request.segment_seconds = 60.0;
  Playing playing(request);
  REQUIRE(playing.pull_to(5.0));
  for (const int wait_ms : {0, 5, 20}) {
    playing.engine.held = true;
    REQUIRE(playing.session->steer(other_music()).ok());
    REQUIRE(playing.pull_on(4.0));
    playing.engine.held = false;
    REQUIRE(playing.change_is_made());
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    REQUIRE(playing.session->steer(other_music(plan::Intensity::low)).ok());
    REQUIRE(playing.change_is_made());
    REQUIRE(playing.pull_on(4.0));
  }
  CHECK(largest_step(playing.card.heard()) < 0.06f);
}
