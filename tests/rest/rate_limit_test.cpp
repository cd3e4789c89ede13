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

TEST_CASE("what other nodes have passed counts in the cluster's minute", "[rate_limit]") {
  rest::RateLimit limit;
  for (int i = 0; i < 4; ++i) CHECK_FALSE(limit.wait_seconds(100.0, 10));
  CHECK(limit.take_uncounted() == 4);
  CHECK(limit.take_uncounted() == 0);
  limit.note_total(9, 4, 130.0);  // five of them elsewhere
  CHECK_FALSE(limit.wait_seconds(101.0, 10));
  CHECK(limit.wait_seconds(102.0, 10) == 28);  // 4 + 1 + 5
  CHECK(limit.take_uncounted() == 1);
  limit.note_total(12, 1, 130.0);
  CHECK(limit.wait_seconds(103.0, 10) == 27);
  CHECK_FALSE(limit.wait_seconds(130.0, 10));  // the next minute
  CHECK(limit.take_uncounted() == 1);
  limit.note_total(1, 1, 190.0);
  CHECK_FALSE(limit.wait_seconds(131.0, 10));
}

TEST_CASE("a node that is alone with its requests is limited exactly, as without a cluster",
          "[rate_limit]") {
  rest::RateLimit limit;
  for (int i = 0; i < 10; ++i) CHECK_FALSE(limit.wait_seconds(50.0, 10));
  limit.note_total(10, limit.take_uncounted(), 60.0);
  CHECK(limit.wait_seconds(60.5, 10) == 50);
  CHECK_FALSE(limit.wait_seconds(110.0, 10));
}

TEST_CASE("requests that could not be told are told later", "[rate_limit]") {
  rest::RateLimit limit;
  CHECK_FALSE(limit.is_recent(0.0));
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limit.wait_seconds(1.0, 10));
  limit.give_back_uncounted(limit.take_uncounted());
  CHECK_FALSE(limit.wait_seconds(2.0, 10));
  CHECK(limit.take_uncounted() == 4);
  CHECK(limit.is_recent(61.0));
  CHECK_FALSE(limit.is_recent(63.0));
}

TEST_CASE("a limit is near where few are allowed, or half of it is used up", "[rate_limit]") {
  rest::RateLimit limit;
  CHECK(limit.is_near(60));
  CHECK_FALSE(limit.is_near(100));
  for (int i = 0; i < 30; ++i) CHECK_FALSE(limit.wait_seconds(1.0, 100));
  CHECK_FALSE(limit.is_near(100));
  limit.note_total(49, limit.take_uncounted(), 60.0);
  CHECK_FALSE(limit.is_near(100));
  CHECK_FALSE(limit.wait_seconds(1.0, 100));
  CHECK(limit.is_near(100));
}

TEST_CASE("a request that the cluster refused does not count", "[rate_limit]") {
  rest::RateLimit limit;
  CHECK_FALSE(limit.wait_seconds(1.0, 1));
  CHECK(limit.take_uncounted() == 1);
  limit.take_back();
  CHECK(limit.take_uncounted() == -1);
  CHECK_FALSE(limit.has_uncounted());
  CHECK_FALSE(limit.is_recent(1.0));
  CHECK_FALSE(limit.wait_seconds(2.0, 1));
}
