// SPDX-License-Identifier: MIT
#include "plan/levels.h"

#include <array>
#include <memory>
#include <optional>

#include <catch2/catch.hpp>

#include "base/random.h"
#include "plan/plan_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 48000;

plan::Plan plan_of(plan::Goal goal, double divergence, int minutes = 30) {
  plan::Request request;
  request.goal = goal;
  request.target_minutes = minutes;
  request.divergence = divergence;
  return plan::planned(request, 3);
}

plan::Steering level(plan::Stem stem, double db) {
  plan::Steering steering;
  steering.stem_db[static_cast<std::size_t>(stem)] = db;
  return steering;
}

plan::Plan steer(const plan::Plan& plan, std::int64_t earliest, const plan::Steering& steering) {
  const plan::Change change{steering, plan.cut_after(earliest, steering)};
  REQUIRE(plan.check_change(change).ok());
  return plan::steered(plan, change);
}

/// Checks that segments follow each other without a hole, and end with the session.
void check_lengths(const plan::Plan& plan) {
  const int last = plan.segment_count() - 1;
  for (int k = 0; k < last; ++k) {
    REQUIRE(plan.start_frame(k + 1, kRate) > plan.start_frame(k, kRate));
    REQUIRE(plan.overlap_out_frames(k, kRate) > 0);
    REQUIRE(plan.segment(k).made_end >= plan.end_hundredths(k));
  }
  REQUIRE(plan.end_frame(last, kRate) == plan.request().target_minutes * 60LL * kRate);
}

/// What an engine composes from, apart from where the segment begins and ends.
void check_same_notes(const plan::Brief& now, const plan::Brief& before) {
  CHECK(now.drawn_at == before.drawn_at);
  CHECK(now.home == before.home);
  CHECK(now.goal == before.goal);
  CHECK(now.intensity == before.intensity);
  CHECK(now.divergence == before.divergence);
  CHECK(now.form == before.form);
  CHECK(now.home_bar_seconds == before.home_bar_seconds);
}

}  // namespace

TEST_CASE("new levels keep every note of the session, and every bar line") {
  for (const plan::Goal goal : {plan::Goal::focus, plan::Goal::sleep, plan::Goal::energize}) {
    const plan::Plan before = plan_of(goal, 0.7);
    const plan::Plan after = steer(before, 40'000, level(plan::Stem::pads, -9.0));
    const int first = after.first_changed();
    check_lengths(after);
    for (int k = 0; k < after.segment_count(); ++k) {
      CAPTURE(name_of(goal), k);
      const plan::Brief now = after.brief(k, kRate);
      const int old = before.segment_at(after.start_frame(k, kRate), kRate);
      const plan::Brief then = before.brief(old, kRate);
      check_same_notes(now, then);
      CHECK(now.level_db(plan::Stem::pads) == (k < first ? 0.0 : -9.0));
      CHECK(now.level_db(plan::Stem::bass) == 0.0);
      // The bar that begins with the segment is one that the old segment has, at the same place.
      CHECK(line_of(then, now.first_bar) == after.segment(k).start);
      CHECK(now.target_lufs == Approx(then.target_lufs).margin(1.5));
    }
    CHECK(after.brief(after.segment_count() - 1, kRate).cadence_seconds > 0.0);
  }
}

TEST_CASE("new levels come with the next bar, and over a short overlap") {
  const plan::Plan before = plan_of(plan::Goal::sleep, 0.0);
  for (std::int64_t earliest = 1000; earliest < 150'000; earliest += 1234) {
    const plan::Steering steering = level(plan::Stem::bass, 3.0);
    const std::int64_t from = before.cut_after(earliest, steering);
    const int heard = before.segment_at(before.start_frame(0, kRate) + earliest * 480, kRate);
    CHECK(from >= earliest);
    CHECK(from <= earliest + std::llround(100.0 * before.brief(heard, kRate).bar_seconds));
    const plan::Plan after = plan::steered(before, {steering, from});
    const int first = after.first_changed();
    CHECK(after.segment(first).start == from);
    check_lengths(after);
    const bool at_join = before.segment(before.segment_at(from * 480, kRate)).start == from;
    if (!at_join) CHECK(after.overlap_in_ms(first) <= 1200);
  }
}

TEST_CASE("a long segment with new levels has a short one before it, which is made soon") {
  const plan::Plan after =
      steer(plan_of(plan::Goal::focus, 0.0), 25'000, level(plan::Stem::melody, plan::kStemOff));
  const int first = after.first_changed();
  CHECK(after.length_seconds(first) < 60.0);
  CHECK(after.overlap_in_ms(first + 1) >= 2000);
  check_lengths(after);
}

TEST_CASE("levels that are moved again and again add up, with little waste") {
  plan::Plan plan = plan_of(plan::Goal::focus, 0.3);
  const int at_first = plan.segment_count();
  for (int n = 0; n < 40; ++n) {
    plan = steer(plan, 30'000 + 50 * n, level(static_cast<plan::Stem>(n % 5), -0.5 * n));
    check_lengths(plan);
  }
  CHECK(plan.change_count() == 40);
  CHECK(plan.request().stem_db == std::array<double, 5>{-17.5, -18.0, -18.5, -19.0, -19.5});
  CHECK(plan.segment_count() < at_first + 40);
}

TEST_CASE("a change of levels together with the goal is a change of the music") {
  plan::Steering steering = level(plan::Stem::pads, 2.0);
  steering.goal = plan::Goal::relax;
  const plan::Plan before = plan_of(plan::Goal::focus, 0.0);
  CHECK_FALSE(plan::keeps_notes(before, {steering, 30'000}));
  const plan::Plan after = steer(before, 30'000, steering);
  CHECK(after.brief(after.first_changed(), kRate).character == plan::Goal::relax);
  CHECK(after.brief(after.first_changed(), kRate).level_db(plan::Stem::pads) == 2.0);
}

TEST_CASE("histories with levels replay to the same plan, whatever comes before and after") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Random random(seed);
    plan::Plan plan = plan_of(plan::Goal::focus, 0.5);
    std::vector<plan::Change> history;
    for (int n = 0; n < 12; ++n) {
      plan::Change change = random_change(plan, random);
      if (random.chance(0.6)) {
        change.steering = level(static_cast<plan::Stem>(random.below(5)), random.uniform(-20, 6));
        change.from = plan.cut_after(change.from, change.steering);
        if (!plan.check_change(change).ok()) continue;
      }
      plan = plan::steered(plan, change);
      check_lengths(plan);
      history.push_back(change);
    }
    plan::Plan again = plan_of(plan::Goal::focus, 0.5);
    for (const plan::Change& change : history) again = plan::steered(again, change);
    REQUIRE(again.segment_count() == plan.segment_count());
    for (int k = 0; k < plan.segment_count(); ++k) {
      REQUIRE(again.brief(k, kRate) == plan.brief(k, kRate));
    }
  }
}
