// SPDX-License-Identifier: MIT
#include "base/ids.h"

#include <set>

#include <catch2/catch.hpp>

#include "base/clock.h"

using namespace focus::core;

TEST_CASE("session ids have the contract's shape and do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = make_id(kSessionIdPrefix, Entropy::system());
    REQUIRE(is_session_id(id));
    seen.insert(id);
  }
  CHECK(seen.size() == 1000);
}

TEST_CASE("nothing but a session id passes for one") {
  CHECK(is_session_id("mfocus_7c2a9f4e1b8d"));
  CHECK_FALSE(is_session_id("mfocus_7c2a9f4e1b8"));
  CHECK_FALSE(is_session_id("mfocus_7c2a9f4e1b8dd"));
  CHECK_FALSE(is_session_id("mfocus_7C2A9F4E1B8D"));
  CHECK_FALSE(is_session_id("mfocus_../../../../x"));
  CHECK_FALSE(is_session_id(""));
}

TEST_CASE("track ids have a shape of their own") {
  CHECK(is_track_id(make_id(kTrackIdPrefix, Entropy::system())));
  CHECK_FALSE(is_track_id("mfocus_7c2a9f4e1b8d"));
  CHECK_FALSE(is_session_id("mtrack_7c2a9f4e1b8d"));
  CHECK_FALSE(is_track_id("mtrack_../../../../x"));
}

TEST_CASE("times are written as RFC 3339 in UTC with whole seconds") {
  CHECK(format_utc(0) == "1970-01-01T00:00:00Z");
  CHECK(format_utc(1'782'642'620) == "2026-06-28T10:30:20Z");
  CHECK(format_utc(-1) == "1969-12-31T23:59:59Z");
  CHECK(format_utc(951'782'400) == "2000-02-29T00:00:00Z");
}
