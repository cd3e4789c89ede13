// SPDX-License-Identifier: MIT
#include "session/forecast.h"

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("speed is what was expected until it is measured, then what was measured") {
  session::SpeedMeter meter;
  CHECK(meter.seconds_for("studio", 120.0, 100.0) == Approx(1.2));
  meter.record("studio", 120.0, 6.0);
  CHECK(meter.seconds_for("studio", 120.0, 100.0) == Approx(6.0));
  for (int i = 0; i < 30; ++i) meter.record("studio", 100.0, 10.0);
  CHECK(meter.seconds_for("studio", 120.0, 100.0) == Approx(12.0).epsilon(0.01));
  CHECK(meter.seconds_for("other", 120.0, 100.0) == Approx(1.2));
}

TEST_CASE("one worker does one thing after the other") {
  CHECK(session::seconds_until_done({0.5}, {{2.0, false}, {3.0, true}}) == Approx(5.5));
  CHECK(session::seconds_until_done({0.0}, {{3.0, true}, {2.0, false}}) == Approx(3.0));
}

TEST_CASE("the first free worker takes the next piece") {
  CHECK(session::seconds_until_done({4.0, 1.0}, {{2.0, false}, {2.0, true}}) == Approx(5.0));
  CHECK(session::seconds_until_done({0.0, 0.0, 0.0}, {{2.0, false}, {2.0, false}, {2.0, true}}) ==
        Approx(2.0));
}

TEST_CASE("nothing is forecast for what is not in the queue") {
  CHECK_FALSE(session::seconds_until_done({0.0}, {{1.0, false}}).has_value());
}
