// SPDX-License-Identifier: MIT
#include "broadcast/broadcast_fixture.h"

using namespace focus::core;
using namespace focus::test;
using broadcast::Broadcast;
using broadcast::Broadcasts;
using broadcast::StreamFormat;

TEST_CASE("who asks for a moment that is kept shares a broadcast, and else gets another",
          "[broadcasts]") {
  OnAir air;
  const auto now = air.broadcasts.join_now(*air.session, StreamFormat::mp3);
  Radio radio(now);
  REQUIRE(radio.listen_to(8.0));
  CHECK(air.broadcasts.join_at(*air.session, StreamFormat::mp3, 4.0) == now);
  CHECK(air.broadcasts.join_at(*air.session, StreamFormat::opus, 4.0) != now);
  const auto later = air.broadcasts.join_at(*air.session, StreamFormat::mp3, 40.25);
  CHECK(later != now);
  Radio ahead(later, 40 * 48'000 + 12'000);
  REQUIRE(ahead.listen_to(41.0));
  CHECK(ahead.first_frame() == 40 * 48'000 + 12'000);
  CHECK(air.broadcasts.join_at(*air.session, StreamFormat::mp3, 40.5) == later);
  // "Now" stays where it is.
  CHECK(air.broadcasts.join_now(*air.session, StreamFormat::mp3) == now);
}

TEST_CASE("another format begins where the others are heard", "[broadcasts]") {
  OnAir air;
  Radio radio(air.broadcasts.join_now(*air.session, StreamFormat::mp3));
  REQUIRE(radio.listen_to(kFirst));
  air.clock.advance(20.0);
  REQUIRE(radio.listen_to(kFirst + 20.0));
  Radio other(air.broadcasts.join_now(*air.session, StreamFormat::wav));
  REQUIRE(other.listen_to(21.0));
  CHECK(static_cast<double>(other.first_frame()) / 48'000 == Approx(18.0).margin(2.1));
}

TEST_CASE("who comes back goes on where the last one left, and begins anew behind the end",
          "[broadcasts]") {
  OnAir air;
  {
    Radio radio(air.broadcasts.join_now(*air.session, StreamFormat::mp3));
    REQUIRE(radio.listen_to(kFirst));
    air.clock.advance(20.0);
    REQUIRE(radio.listen_to(kFirst + 19.0));
  }
  air.clock.advance(Broadcast::kLingerSeconds + 1.0);
  REQUIRE(eventually([&] { return air.broadcasts.count() == 0; }));
  {
    const auto again = air.broadcasts.join_now(*air.session, StreamFormat::mp3);
    Radio radio(again, again->live_frame());
    REQUIRE(radio.listen_to(25.0));
    CHECK(static_cast<double>(radio.first_frame()) / 48'000 == Approx(20.0).margin(4.0));
    for (int k = 0; k < 12; ++k) {
      air.clock.advance(5.0);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    REQUIRE(radio.listen_to_end());
    // It can be read for a while, by those who ask for parts.
    CHECK(air.broadcasts.find_now((*air.session)->id(), StreamFormat::mp3) == again);
  }
  const auto anew = air.broadcasts.join_now(*air.session, StreamFormat::mp3);
  Radio radio(anew, anew->live_frame());
  REQUIRE(radio.listen_to(1.0));
  CHECK(radio.first_frame() == 0);
}

TEST_CASE("one session has only so many broadcasts, and another still gets one", "[broadcasts]") {
  OnAir air;
  std::vector<std::shared_ptr<Broadcast>> on;
  plan::Request request = stream_request();
  request.target_minutes = 30;
  auto longer = air.service->start(request);
  REQUIRE(longer.ok());
  for (int k = 0; k < Broadcasts::kMostOfSession; ++k) {
    on.push_back(air.broadcasts.join_at(*longer, StreamFormat::mp3, 120.0 * k));
    REQUIRE(on.back());
  }
  CHECK_FALSE(air.broadcasts.join_at(*longer, StreamFormat::mp3, 90.0));
  CHECK(air.broadcasts.join_now(*air.session, StreamFormat::mp3));
}

TEST_CASE("a stream outlives those who keep the list", "[broadcasts]") {
  OnAir air;
  Radio radio(air.broadcasts.join_now(*air.session, StreamFormat::mp3));
  REQUIRE(radio.listen_to(1.0));
  air.broadcasts.let_go_all();
  CHECK(air.broadcasts.count() == 0);
  CHECK(radio.listen_to(5.0));
}
