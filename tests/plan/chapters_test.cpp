// SPDX-License-Identifier: MIT
#include "plan/chapters.h"

#include <catch2/catch.hpp>

#include "plan/planner.h"

using namespace focus::core;

namespace {

plan::Request request_of(int minutes) {
  plan::Request request;
  request.target_minutes = minutes;
  return request;
}

void check_order(const std::vector<plan::Chapter>& chapters, int minutes) {
  REQUIRE_FALSE(chapters.empty());
  CHECK(chapters.front().start == 0);
  for (std::size_t k = 1; k < chapters.size(); ++k) {
    CHECK(chapters[k].start > chapters[k - 1].start);
    CHECK(chapters[k].title != chapters[k - 1].title);
  }
  CHECK(chapters.back().start < minutes * 6000);
}

}  // namespace

TEST_CASE("the chapters of a session are its movements, with their keys") {
  const plan::Plan plan = plan::planned(request_of(60), 4);
  const auto chapters = plan::chapters_of(plan);
  check_order(chapters, 60);
  CHECK(chapters.size() == plan.eras().back().form->movements().size());
  CHECK(chapters[0].title == "Movement A (" + describe(plan.key(0)) + ")");
  CHECK(chapters[1].title.starts_with("Movement B ("));
  CHECK(plan::chapters_of(plan::planned(request_of(2), 4)).size() == 1);
}

TEST_CASE("work and breaks are counted") {
  plan::Request request = request_of(60);
  request.work_minutes = 20;
  request.break_minutes = 5;
  const auto chapters = plan::chapters_of(plan::planned(request, 4));
  check_order(chapters, 60);
  CHECK(chapters[0].title.starts_with("Work 1, movement A"));
  const auto titled = [&](const std::string& title) {
    return std::count_if(chapters.begin(), chapters.end(),
                         [&](const plan::Chapter& one) { return one.title == title; });
  };
  CHECK(titled("Break 1") == 1);
  CHECK(titled("Break 2") == 1);
}

TEST_CASE("a change that keeps the notes keeps the chapters") {
  const plan::Plan before = plan::planned(request_of(60), 4);
  plan::Steering steering;
  steering.stem_db[1] = -3.0;
  const plan::Plan after = plan::steered(before, {steering, before.cut_after(100'000, steering)});
  const auto old_chapters = plan::chapters_of(before);
  const auto new_chapters = plan::chapters_of(after);
  check_order(new_chapters, 60);
  REQUIRE(new_chapters.size() == old_chapters.size());
  for (std::size_t k = 0; k < old_chapters.size(); ++k) {
    CHECK(new_chapters[k].start == old_chapters[k].start);
    CHECK(new_chapters[k].title == old_chapters[k].title);
  }
}

TEST_CASE("a change of the music is a chapter of its own") {
  const plan::Plan before = plan::planned(request_of(60), 4);
  plan::Steering steering;
  steering.goal = plan::Goal::energize;
  const std::int64_t from = before.cut_after(100'000, steering);
  const auto chapters = plan::chapters_of(plan::steered(before, {steering, from}));
  check_order(chapters, 60);
  CHECK(std::any_of(chapters.begin(), chapters.end(),
                    [&](const plan::Chapter& chapter) { return chapter.start == from; }));
}
