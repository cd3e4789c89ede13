// SPDX-License-Identifier: MIT
#include "session/wanted.h"

#include <vector>

#include <catch2/catch.hpp>

#include "plan/planner.h"
#include "support/tone_engine.h"

using namespace focus::core;
using namespace focus::test;

namespace {

/// Ten minutes of segments of about a minute.
struct Situation {
  plan::Plan plan = [] {
    plan::Request request;
    request.target_minutes = 10;
    request.segment_seconds = 60.0;
    return planned(request, 7);
  }();
  session::Board board{plan.segment_count()};
  session::Listeners listeners;
  session::MakingPolicy policy{.look_ahead = 100, .keeps_all = true, .in_order = false};

  std::vector<int> wanted(std::size_t limit = 100) const {
    std::vector<int> indices;
    for (const session::Pending& one : core_wanted(limit)) indices.push_back(one.index);
    return indices;
  }
  std::vector<session::Pending> core_wanted(std::size_t limit) const {
    return session::wanted(board, listeners, plan, policy, limit);
  }
  void make_ready(int index) {
    store::SegmentRecord record;
    record.index = index;
    board.set_ready(record);
  }
  session::Claim take(int index, const std::shared_ptr<const engines::MusicEngine>& engine = nullptr) {
    session::Claim claim;
    claim.index = index;
    claim.engine = engine;
    return board.take(claim);
  }
};

session::Hearing at_segment(int segment) {
  session::Hearing hearing;
  hearing.segment = segment;
  hearing.begun = true;
  return hearing;
}

std::vector<int> range(int first, int end) {
  std::vector<int> indices;
  for (int k = first; k < end; ++k) indices.push_back(k);
  return indices;
}

}  // namespace

TEST_CASE("everything is wanted in its order, up to the limit") {
  const Situation now;
  CHECK(now.wanted() == range(0, now.board.count()));
  CHECK(now.wanted(3) == range(0, 3));
  CHECK(now.core_wanted(2)[1].needed_in_seconds == now.plan.start_seconds(1));
}

TEST_CASE("what is ready or in flight is not wanted") {
  Situation now;
  now.make_ready(0);
  now.take(2);
  CHECK(now.wanted(3) == std::vector<int>{1, 3, 4});
}

TEST_CASE("only the look-ahead is wanted, of each listener") {
  Situation now;
  now.policy = {.look_ahead = 1, .keeps_all = false, .in_order = false};
  CHECK(now.wanted() == range(0, 2));
  const int first = now.listeners.add(session::Listeners::Kind::offline);
  const int second = now.listeners.add(session::Listeners::Kind::offline);
  now.listeners.move(first, at_segment(1));
  now.listeners.move(second, at_segment(5));
  const std::vector<session::Pending> pending = now.core_wanted(100);
  REQUIRE(pending.size() == 4);
  // Both listeners need the segment at which they are at once, and the next as soon.
  CHECK(pending[0].needed_in_seconds == 0.0);
  CHECK(pending[1].needed_in_seconds == 0.0);
  CHECK(pending[0].index == 1);
  CHECK(pending[1].index == 5);
}

TEST_CASE("what lies behind all listeners comes last, where everything is kept") {
  Situation now;
  const int listener = now.listeners.add(session::Listeners::Kind::offline);
  now.listeners.move(listener, at_segment(3));
  std::vector<int> order = range(3, now.board.count());
  for (const int index : range(0, 3)) order.push_back(index);
  CHECK(now.wanted() == order);
  now.policy.keeps_all = false;
  CHECK(now.wanted() == range(3, now.board.count()));
}

TEST_CASE("what a listener is about to miss comes whatever the look-ahead is") {
  Situation now;
  now.policy = {.look_ahead = 0, .keeps_all = false, .in_order = false};
  const int listener = now.listeners.add(session::Listeners::Kind::live);
  session::Hearing hearing = at_segment(0);
  hearing.missing = 4;
  hearing.lasts_seconds = 5.0;
  now.listeners.move(listener, hearing);
  now.make_ready(0);
  REQUIRE(now.wanted() == std::vector<int>{4});
  CHECK(now.core_wanted(1)[0].needed_in_seconds == 5.0);
  hearing.lasts_seconds = session::kMayBeOverdue + 1.0;
  now.listeners.move(listener, hearing);
  CHECK(now.wanted().empty());
  hearing.late = true;
  now.listeners.move(listener, hearing);
  CHECK(now.core_wanted(1)[0].needed_in_seconds == 0.0);
}

TEST_CASE("an engine that continues the previous segment makes one after the other") {
  Situation now;
  now.policy.in_order = true;
  CHECK(now.wanted() == std::vector<int>{0});
  now.take(0);
  CHECK(now.wanted().empty());
  now.make_ready(0);
  CHECK(now.wanted() == std::vector<int>{1});
}

TEST_CASE("a live listener's missing segment is overdue shortly before it runs dry") {
  Situation now;
  const auto tone = std::make_shared<const ToneEngine>();
  const auto rescue = std::make_shared<const ToneEngine>("rescue");
  const session::RescueQuestion question{.rescue = rescue.get(), .waits_at_start = true, .now = 100.0};
  const int listener = now.listeners.add(session::Listeners::Kind::live);
  session::Hearing hearing = at_segment(0);
  hearing.missing = 1;
  hearing.lasts_seconds = 20.0;
  now.listeners.move(listener, hearing);
  const auto ask = [&] { return overdue(now.board, now.listeners, now.plan, question); };
  CHECK_FALSE(ask());
  hearing.lasts_seconds = 3.0;
  now.listeners.move(listener, hearing);
  CHECK(ask() == 1);
  SECTION("also where another engine makes it") {
    now.take(1, tone);
    CHECK(ask() == 1);
  }
  SECTION("unless the rescue engine makes it already") {
    now.take(1, rescue);
    CHECK_FALSE(ask());
  }
  SECTION("unless it is ready") {
    now.make_ready(1);
    CHECK_FALSE(ask());
  }
}

TEST_CASE("an offline listener is never rescued") {
  Situation now;
  const ToneEngine rescue;
  session::Hearing hearing = at_segment(0);
  hearing.missing = 1;
  hearing.late = true;
  now.listeners.move(now.listeners.add(session::Listeners::Kind::offline), hearing);
  CHECK_FALSE(overdue(now.board, now.listeners, now.plan, {&rescue, false, 0.0}));
}

TEST_CASE("a listener that has heard nothing yet waits for the engine that was asked for") {
  Situation now;
  const ToneEngine rescue;
  session::Hearing hearing;
  hearing.missing = 0;
  hearing.late = true;
  now.listeners.move(now.listeners.add(session::Listeners::Kind::live), hearing);
  const auto ask_at = [&](double seconds, bool waits) {
    return overdue(now.board, now.listeners, now.plan, {&rescue, waits, seconds});
  };
  CHECK_FALSE(ask_at(50.0, true));
  CHECK_FALSE(ask_at(59.0, true));
  CHECK(ask_at(61.0, true) == 0);
  CHECK(ask_at(50.0, false) == 0);
}
