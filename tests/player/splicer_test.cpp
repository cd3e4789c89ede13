// SPDX-License-Identifier: MIT
#include "player/splicer.h"

#include "base/error.h"
#include "plan/planner.h"
#include "player/memory_deck.h"
#include "player/player_fixture.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::int64_t kJoin = 8000;  // where segment 1 begins, over the end of segment 0
constexpr std::int64_t kOverlap = 4000;
constexpr std::int64_t kShortest = kDeckRate / 50;

/// A splicer of a session of which only the course matters.
struct Bench {
  explicit Bench(session::Listeners::Kind kind = session::Listeners::Kind::live) : policy(kind) {}

  static std::shared_ptr<const plan::Plan> plan() {
    plan::Request request;
    request.target_minutes = 3;
    request.segment_seconds = 30.0;
    return std::make_shared<const plan::Plan>(plan::planned(request, 7));
  }
  /// The session was steered, and segment `first` is another now.
  void steer() {
    plan::Change change;
    change.steering.goal = plan::Goal::energize;
    change.from = course.heard().cut_after(1000, change.steering);
    course.steer(std::make_shared<const plan::Plan>(plan::steered(*start, change)),
                 player::Course::Taking::at_once);
  }

  std::shared_ptr<const plan::Plan> start = plan();
  FakePolicy policy;
  player::Course course{start, kDeckRate};
  player::Splicer splicer{policy, course, kDeckRate};
};

player::Sounding old_body(std::int64_t frames = kJoin + kOverlap) {
  return player::Sounding(deck_of(0, 0, frames));
}

player::Deck next_deck() { return deck_of(1, kJoin, 20000); }

player::Splicer::Place at_join() { return {kJoin, kJoin, kOverlap}; }

}  // namespace

TEST_CASE("a join consumes the planned overlap of both sides") {
  Bench bench;
  auto joined = bench.splicer.join(old_body(), next_deck(), at_join());
  REQUIRE(joined.ok());
  REQUIRE(*joined);
  CHECK((*joined)->is_join());
  CHECK((*joined)->newest().index == 1);
  const std::vector<float> sound = sound_of(**joined, kJoin, 20000);
  REQUIRE(sound.size() == 20000);
  CHECK(sound[0] == Approx(deck_sample(0, kJoin)).margin(1e-4));
  const float polarity = (*joined)->newest().polarity;
  // Both sides are heard up to the middle and beyond, and from the end on the new one alone.
  double apart_from_old = 0.0;
  double apart_from_new = 0.0;
  for (std::int64_t i = kOverlap / 2 - 100; i < kOverlap / 2 + 100; ++i) {
    const float sample = sound[static_cast<std::size_t>(i)];
    apart_from_old += std::abs(static_cast<double>(sample - deck_sample(0, kJoin + i)));
    apart_from_new += std::abs(static_cast<double>(sample - polarity * deck_sample(1, i)));
  }
  CHECK(apart_from_old > 2.0);
  CHECK(apart_from_new > 2.0);
  CHECK(sound[kOverlap] == polarity * deck_sample(1, kOverlap));
  CHECK(largest_step(sound, 1) < 0.06f);
}

TEST_CASE("preparing a join twice gives the same, and leaves the old music as it was") {
  Bench bench;
  player::Sounding old = old_body();
  auto first = bench.splicer.join(old, next_deck(), at_join());
  auto again = bench.splicer.join(old, next_deck(), at_join());
  CHECK(sound_of(**first, kJoin, 9000) == sound_of(**again, kJoin, 9000));
  CHECK(sound_of(old, kJoin - 5, 1)[0] == deck_sample(0, kJoin - 5));
}

TEST_CASE("the old side of a late join is what was given, and then what follows it") {
  Bench bench;
  // What was given was louder than the deck: whatever it was, it is what the listener has heard.
  bench.policy.given.assign(1000, 0.5f);
  player::Sounding old = old_body();
  auto joined = bench.splicer.join(old, next_deck(), {kJoin, kJoin + 1000, kOverlap});
  REQUIRE(joined.ok());
  REQUIRE(*joined);
  const std::vector<float> sound = sound_of(**joined, kJoin, 20000);
  CHECK(sound[0] == Approx(0.5f).margin(1e-4));
  CHECK(sound[kOverlap] == (*joined)->newest().polarity * deck_sample(1, kOverlap));
  // The same from a copy of what the deck would have given is the join as it would have been.
  bench.policy.given.clear();
  for (std::int64_t i = 0; i < 1000; ++i) bench.policy.given.push_back(deck_sample(0, kJoin + i));
  auto late = bench.splicer.join(old, next_deck(), {kJoin, kJoin + 1000, kOverlap});
  auto in_time = bench.splicer.join(old, next_deck(), at_join());
  CHECK(sound_of(**late, kJoin, 20000) == sound_of(**in_time, kJoin, 20000));
}

TEST_CASE("an overlap is as long as the old side lasts, and none where that is too short") {
  Bench bench;
  const std::int64_t left = GENERATE(0, kShortest - 1, kShortest, 1000);
  auto joined = bench.splicer.join(old_body(kJoin + left), next_deck(), at_join());
  REQUIRE(joined.ok());
  REQUIRE(*joined);
  CHECK((*joined)->is_join() == (left >= kShortest));
  const std::vector<float> sound = sound_of(**joined, kJoin, 20000);
  const std::int64_t behind = left >= kShortest ? left : 0;
  const float polarity = (*joined)->newest().polarity;
  CHECK(sound[static_cast<std::size_t>(behind)] == polarity * deck_sample(1, behind));
}

TEST_CASE("a join reads on through a join that the old music is still in") {
  Bench bench;
  auto old = bench.splicer.join(old_body(), next_deck(), at_join());
  REQUIRE(old.ok());
  const std::int64_t from = kJoin + kOverlap - 1000;
  auto joined = bench.splicer.join(**old, deck_of(2, from, 20000), {from, from, kOverlap});
  REQUIRE(joined.ok());
  REQUIRE(*joined);
  CHECK((*old)->is_join());
  const std::vector<float> sound = sound_of(**joined, from, 6000);
  CHECK(sound[0] == Approx(sound_of(**old, from, 1)[0]).margin(1e-4));
  CHECK(sound[kOverlap] == (*joined)->newest().polarity * deck_sample(2, kOverlap));
}

TEST_CASE("a new side that can not be read is lost, and the old music is not touched") {
  const auto broken = [] { return broken_deck(1, kJoin, 20000, kOverlap / 2); };
  Bench live;
  auto joined = live.splicer.join(old_body(), broken(), at_join());
  REQUIRE(joined.ok());
  CHECK_FALSE(*joined);
  CHECK(live.policy.lost == std::vector<FakePolicy::Lost>{{1, false}});
  Bench offline(session::Listeners::Kind::offline);
  CHECK(has_fault(offline.splicer.join(old_body(), broken(), at_join()).status(), Fault::bad_data));
}

TEST_CASE("an old side that breaks off is joined as far as it goes") {
  // The deck breaks off at the position: all of the old side is what was given before.
  constexpr std::int64_t kGiven = 1000;
  player::Deck next = deck_of(1, kJoin - kGiven, 20000);
  const player::Sounding old(broken_deck(0, 0, kJoin + kOverlap, kJoin));
  Bench live;
  live.policy.given.assign(2000, 0.1f);
  auto joined = live.splicer.join(old, std::move(next), {kJoin - kGiven, kJoin, kOverlap});
  REQUIRE(joined.ok());
  REQUIRE(*joined);
  CHECK((*joined)->is_join());
  const std::vector<float> sound = sound_of(**joined, kJoin - kGiven, 5000);
  CHECK(sound[kGiven] == (*joined)->newest().polarity * deck_sample(1, kGiven));
  CHECK(live.policy.lost == std::vector<FakePolicy::Lost>{{0, false}});
  Bench offline(session::Listeners::Kind::offline);
  CHECK(has_fault(offline.splicer.join(old, next_deck(), at_join()).status(), Fault::bad_data));
}

TEST_CASE("what a change has replaced is lost without being made again") {
  Bench bench;
  bench.steer();
  const int first = bench.course.latest().first_changed();
  REQUIRE(first > 0);
  const player::Sounding kept(deck_of(first - 1, 0, 1000));
  const player::Sounding replaced(deck_of(first, 0, 1000));
  CHECK(bench.splicer.lose(kept, fault_error(Fault::bad_data, "gone")).ok());
  CHECK(bench.splicer.lose(replaced, fault_error(Fault::bad_data, "gone")).ok());
  CHECK(bench.policy.lost == std::vector<FakePolicy::Lost>{{first - 1, false}, {first, true}});
}

TEST_CASE("a seam begins with the last sample that was heard and ends in what is opened again") {
  Bench bench;
  for (std::int64_t i = 0; i < 1000; ++i) bench.policy.given.push_back(deck_sample(0, i));
  auto seam = bench.splicer.seam(deck_of(5, 0, 20000), 1000);
  REQUIRE(seam.ok());
  REQUIRE(*seam);
  CHECK((*seam)->is_join());
  const std::vector<float> sound = sound_of(**seam, 1000, 2000);
  CHECK(sound[0] == Approx(deck_sample(0, 999)).margin(2e-3));
  CHECK(sound[kDeckRate * 3 / 100] == deck_sample(5, 1000 + kDeckRate * 3 / 100));
  CHECK(largest_step(sound, 1) < 0.06f);
}

TEST_CASE("there is no seam where nothing was given, or nothing is left") {
  Bench bench;
  auto at_beginning = bench.splicer.seam(deck_of(0, 0, 1000), 0);
  REQUIRE(at_beginning.ok());
  CHECK_FALSE((*at_beginning)->is_join());
  bench.policy.given.assign(1000, 0.1f);
  auto at_end = bench.splicer.seam(deck_of(0, 0, 1000), 1000);
  REQUIRE(at_end.ok());
  CHECK_FALSE((*at_end)->is_join());
}

TEST_CASE("what is to be opened again and can not be read is lost again") {
  Bench bench;
  bench.policy.given.assign(1000, 0.1f);
  auto seam = bench.splicer.seam(broken_deck(0, 0, 20000, 1000), 1000);
  REQUIRE(seam.ok());
  CHECK_FALSE(*seam);
  CHECK(bench.policy.lost == std::vector<FakePolicy::Lost>{{0, false}});
}
