// SPDX-License-Identifier: MIT
#include "broadcast/broadcast_fixture.h"

using namespace focus::core;
using namespace focus::test;
using broadcast::Broadcast;
using broadcast::StreamFormat;

namespace {

/// A step of 16 bits, and the dither.
constexpr float kTwoSteps = 2.0f / 32'768.0f;

}  // namespace

TEST_CASE("the first listener gets ten seconds at once, and then as time passes", "[broadcast]") {
  OnAir air;
  Radio radio(air.broadcasts.join_now(*air.session, StreamFormat::wav));
  REQUIRE(radio.listen_to(Broadcast::kLeadSeconds));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  radio.take();
  CHECK(radio.heard_to() < Broadcast::kLeadSeconds + 0.1);
  air.clock.advance(5.0);
  REQUIRE(radio.listen_to(Broadcast::kLeadSeconds + 5.0));
  CHECK(radio.heard_to() < Broadcast::kLeadSeconds + 5.1);
  CHECK(radio.is_gapless());
}

TEST_CASE("a stream is what a player plays, to its last sample", "[broadcast]") {
  OnAir air;
  const std::vector<float> music = render_all(*offline_player(*air.session), 4096);
  Radio radio(air.broadcasts.join_now(*air.session, StreamFormat::flac));
  for (int second = 0; second < 60; second += 5) {
    air.clock.advance(5.0);
    radio.listen_to(std::min(60.0, second + 15.0) - 0.1);
  }
  REQUIRE(radio.listen_to_end());
  const audio::AudioBuffer heard = decoded(radio.bytes(), "flac");
  REQUIRE(heard.frames() * 2 == static_cast<std::int64_t>(music.size()));
  CHECK(largest_difference(heard, music) < kTwoSteps);
}

TEST_CASE("the listeners of a session share one encoding, and hear the same moment",
          "[broadcast]") {
  OnAir air;
  const auto on = air.broadcasts.join_now(*air.session, StreamFormat::mp3);
  Radio first(on);
  REQUIRE(first.listen_to(kFirst));
  air.clock.advance(20.0);
  REQUIRE(first.listen_to(kFirst + 20.0));
  const auto joined = air.broadcasts.join_now(*air.session, StreamFormat::mp3);
  CHECK(joined == on);
  CHECK(air.broadcasts.count() == 1);
  Radio second(joined, joined->live_frame());
  REQUIRE(second.listen_to(kFirst + 20.0));
  CHECK(static_cast<double>(second.first_frame()) / on->rate() == Approx(20.0).margin(0.3));
  // What both have heard is the same, byte for byte.
  CHECK(first.bytes().ends_with(second.bytes()));
}

TEST_CASE("a listener that takes too little loses itself, and nobody else", "[broadcast]") {
  plan::Request longer = stream_request();
  longer.target_minutes = 3;
  OnAir more(longer);
  const auto long_one = more.broadcasts.join_now(*more.session, StreamFormat::wav);
  Radio listens(long_one);
  Radio sleeps(long_one);
  REQUIRE(listens.listen_to(1.0));
  sleeps.take();
  for (double heard = 5.0; heard < 90.0; heard += 5.0) {
    more.clock.advance(5.0);
    REQUIRE(listens.listen_to(heard));
  }
  CHECK(listens.is_gapless());
  CHECK(sleeps.take() == Broadcast::Reading::lost);
}

TEST_CASE("a broadcast ends when nobody has listened for a while", "[broadcast]") {
  OnAir air;
  const auto on = air.broadcasts.join_now(*air.session, StreamFormat::mp3);
  {
    Radio radio(on);
    REQUIRE(radio.listen_to(1.0));
    air.clock.advance(2 * Broadcast::kLingerSeconds);
    REQUIRE(radio.listen_to(kFirst + 20.0));
    CHECK_FALSE(on->is_over());  // somebody listens
  }
  air.clock.advance(Broadcast::kLingerSeconds - 1.0);
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  CHECK_FALSE(on->is_over());
  air.clock.advance(2.0);
  CHECK(eventually([&] { return on->is_over(); }));
}

TEST_CASE("a change of the session is heard in its stream, which has no gap there", "[broadcast]") {
  OnAir air;
  REQUIRE(all_ready(**air.session));
  Radio radio(air.broadcasts.join_now(*air.session, StreamFormat::flac));
  REQUIRE(radio.listen_to(Broadcast::kLeadSeconds - 0.2));
  plan::Steering steering;
  steering.goal = plan::Goal::energize;
  const auto from = (*air.session)->steer(steering);
  REQUIRE(from.ok());
  const double changed = static_cast<double>(*from) / 100.0;
  CHECK(changed >= Broadcast::kLeadSeconds - 0.5);  // what was sent is not taken back
  CHECK(changed < Broadcast::kLeadSeconds + 5.0);
  REQUIRE(eventually([&] {
    return (*air.session)->readiness((*air.session)->plan()->first_changed()) ==
           session::Readiness::ready;
  }));
  for (double heard = 10.0; heard < 55.0; heard += 5.0) {
    air.clock.advance(5.0);
    REQUIRE(radio.listen_to(heard));
  }
  CHECK(radio.is_gapless());
  // From a moment behind the join on, it is what a player plays that comes later.
  const std::vector<float> music = render_all(*offline_player(*air.session), 4096);
  const audio::AudioBuffer heard = decoded(radio.bytes(), "flac");
  const auto behind = static_cast<std::int64_t>((changed + 8.0) * 48'000);
  REQUIRE(heard.frames() > behind + 48'000);
  audio::AudioBuffer tail(2, heard.frames() - behind, 48'000);
  for (int c = 0; c < 2; ++c) {
    std::copy(heard.samples(c).begin() + behind, heard.samples(c).end(), tail.samples(c).begin());
  }
  CHECK(largest_difference(tail, music, behind) < kTwoSteps);
}

TEST_CASE("a session at another rate is streamed at one that every player can play",
          "[broadcast]") {
  plan::Request request = tone_request(1);  // 12 kHz
  OnAir air(request);
  Radio radio(air.broadcasts.join_now(*air.session, StreamFormat::flac));
  for (double heard = 5.0; heard < 60.0; heard += 5.0) {
    air.clock.advance(5.0);
    REQUIRE(radio.listen_to(heard));
  }
  air.clock.advance(10.0);
  REQUIRE(radio.listen_to_end());
  const audio::AudioBuffer heard = decoded(radio.bytes(), "flac");
  CHECK(heard.sample_rate() == 48'000);
  CHECK(heard.frames() == 60 * 48'000);
  const std::vector<float> music = render_all(*offline_player(*air.session, 48'000), 4096);
  CHECK(largest_difference(heard, music) < 4 * kTwoSteps);
}

TEST_CASE("a segment that is late is waited for while the listeners have enough to hear",
          "[broadcast]") {
  OnAir air(stream_request(), [](ToneEngine& engine, std::atomic<bool>& held) {
    engine.before = [&held](const plan::Brief& brief, engines::SegmentSink& sink) {
      while (brief.index == 1 && held && !sink.cancelled()) std::this_thread::yield();
      return absl::OkStatus();
    };
  });
  const double join = (*air.session)->plan()->start_seconds(1);
  Radio radio(air.broadcasts.join_at(*air.session, StreamFormat::flac, 10.0), 480'000);
  // The listeners are ten seconds behind; the stream stands where the join would begin.
  REQUIRE(radio.listen_to(join - 0.5));
  air.clock.advance(1.0);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  radio.take();
  CHECK(radio.heard_to() < join + 0.2);
  air.held = false;
  REQUIRE(radio.listen_to(join + 0.5));
  for (double heard = join; heard < 40.0; heard += 4.0) {
    air.clock.advance(4.0);
    REQUIRE(radio.listen_to(heard));
  }
  const std::vector<float> music = render_all(*offline_player(*air.session), 4096);
  CHECK(largest_difference(decoded(radio.bytes(), "flac"), music, 480'000) < kTwoSteps);
}
