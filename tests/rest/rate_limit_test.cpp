// SPDX-License-Identifier: MIT
#include "rest/rate_limit.h"

#include <catch2/catch.hpp>

using namespace focus::core;
using focus::core::rest::RateLimit;

TEST_CASE("the limit holds in every stretch of a minute, not only on the clock's", "[rate_limit]") {
  rest::RateLimit limit;
  for (int i = 0; i < 600; ++i) CHECK_FALSE(limit.wait_seconds(59.0, 1200));
  for (int i = 0; i < 600; ++i) CHECK_FALSE(limit.wait_seconds(61.0, 1200));
  CHECK(limit.wait_seconds(61.0, 1200) == 58);
  CHECK(limit.wait_seconds(118.5, 1200) == 1);
  CHECK_FALSE(limit.wait_seconds(119.0, 1200));
}

TEST_CASE("what was refused does not count", "[rate_limit]") {
  rest::RateLimit limit;
  CHECK_FALSE(limit.wait_seconds(0.0, 1));
  for (int i = 1; i < 60; ++i) CHECK(limit.wait_seconds(i, 1) == 60 - i);
  CHECK_FALSE(limit.wait_seconds(60.0, 1));
}

TEST_CASE("a limit that was lowered waits until enough has grown old", "[rate_limit]") {
  rest::RateLimit limit;
  for (int i = 0; i < 10; ++i) CHECK_FALSE(limit.wait_seconds(i, 10));
  CHECK(limit.wait_seconds(10.0, 2) == 58);  // the one at 8 s has to go
}
