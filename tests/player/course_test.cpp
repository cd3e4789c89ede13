// SPDX-License-Identifier: MIT
#include "player/course.h"

#include <catch2/catch.hpp>

#include "plan/planner.h"

using namespace focus::core;

namespace {

constexpr int kRate = 8000;

std::shared_ptr<const plan::Plan> first_plan() {
  plan::Request request;
  request.target_minutes = 3;
  request.segment_seconds = 30.0;
  return std::make_shared<const plan::Plan>(plan::planned(request, 7));
}

/// What a listener hears who has changed their mind `seconds` into the session.
std::shared_ptr<const plan::Plan> changed(const std::shared_ptr<const plan::Plan>& before,
                                          double seconds) {
  plan::Change change;
  change.steering.goal = before->change_count() % 2 == 0 ? plan::Goal::energize : plan::Goal::sleep;
  change.from = before->cut_after(static_cast<std::int64_t>(seconds * 100), change.steering);
  REQUIRE(before->check_change(change).ok());
  return std::make_shared<const plan::Plan>(plan::steered(*before, change));
}

}  // namespace

TEST_CASE("a course without a change is its plan") {
  const auto plan = first_plan();
  player::Course course(plan, kRate);
  CHECK_FALSE(course.is_steered());
  CHECK_FALSE(course.may_take_change());
  CHECK(&course.latest() == plan.get());
  CHECK_FALSE(course.is_changed(plan->segment_count() - 1));
  CHECK(course.last_before_change() == plan->segment_count() - 1);
  CHECK(course.end() == 180 * kRate);
  const auto boundary = course.boundary_after(1, 0);
  REQUIRE(boundary);
  CHECK(boundary->index == 2);
  CHECK(boundary->frame == plan->start_frame(2, kRate));
  CHECK_FALSE(course.boundary_after(plan->segment_count() - 1, 0));
  course.take_change();  // there is none
  CHECK(&course.heard() == plan.get());
}

TEST_CASE("a pending change leaves what comes before it as it is") {
  const auto plan = first_plan();
  const auto next = changed(plan, 40.0);
  player::Course course(plan, kRate);
  course.steer(next, player::Course::Taking::when_allowed);
  CHECK(course.is_steered());
  CHECK(&course.heard() == plan.get());
  CHECK(&course.latest() == next.get());
  const int first = next->first_changed();
  REQUIRE(first > 0);
  CHECK_FALSE(course.is_changed(first - 1));
  CHECK(course.is_changed(first));
  CHECK(&course.plan_of(first - 1) == plan.get());
  CHECK(&course.plan_of(first) == next.get());
  CHECK(course.last_before_change() == first - 1);
  CHECK(course.change_frame() == next->start_frame(first, kRate));

  // From the segment before: into the change, also where the music has passed its beginning.
  const auto boundary = course.boundary_after(first - 1, 0);
  REQUIRE(boundary);
  CHECK(boundary->index == first);
  CHECK(boundary->frame == course.change_frame());
  const std::int64_t later = next->start_frame(first + 1, kRate) + 10;
  const auto late = course.boundary_after(first - 1, later);
  REQUIRE(late);
  CHECK(late->index == first + 1);
  CHECK(late->frame == course.change_frame());

  course.take_change();
  CHECK_FALSE(course.is_steered());
  CHECK(&course.heard() == next.get());
}

TEST_CASE("a change is taken at once or when it is allowed, and a newer one is asked for again") {
  const auto plan = first_plan();
  const auto next = changed(plan, 40.0);
  player::Course course(plan, kRate);
  course.allow_change();  // there is none
  course.steer(next, player::Course::Taking::at_once);
  CHECK(course.may_take_change());
  course.steer(changed(next, 42.0), player::Course::Taking::when_allowed);
  CHECK_FALSE(course.may_take_change());
  course.allow_change();
  CHECK(course.may_take_change());
  course.take_change();
  CHECK_FALSE(course.may_take_change());
}

TEST_CASE("a change of a change that was never heard counts from the plan that is heard") {
  const auto plan = first_plan();
  const auto next = changed(plan, 40.0);
  const auto last = changed(next, 100.0);
  REQUIRE(last->first_changed() > next->first_changed());
  player::Course course(plan, kRate);
  course.steer(next, player::Course::Taking::at_once);
  course.steer(last, player::Course::Taking::at_once);
  CHECK(course.last_before_change() == next->first_changed() - 1);
  CHECK(&course.latest() == last.get());
}

TEST_CASE("a seek drops a pending change for the plan of the day") {
  const auto plan = first_plan();
  const auto next = changed(plan, 40.0);
  player::Course course(plan, kRate);
  course.steer(next, player::Course::Taking::at_once);
  course.reset(next);
  CHECK_FALSE(course.is_steered());
  CHECK(&course.heard() == next.get());
}
