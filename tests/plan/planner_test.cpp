// SPDX-License-Identifier: MIT
#include "plan/planner.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "plan_support.h"

using namespace focus::core;
using namespace focus::test;

namespace {

plan::Request request_of(int minutes, plan::Goal goal = plan::Goal::focus) {
  plan::Request request;
  request.goal = goal;
  request.target_minutes = minutes;
  request.divergence = 0.4;
  return request;
}

plan::Request phased(int minutes) {
  plan::Request request = request_of(minutes);
  request.work_minutes = 12;
  request.break_minutes = 4;
  return request;
}

plan::Request prompted(int minutes, std::string prompt) {
  plan::Request request = request_of(minutes, plan::Goal::custom_prompt);
  request.custom_prompt = std::move(prompt);
  return request;
}

/// All plans that a session has had, the newest last.
using Past = std::vector<plan::Plan>;

Past random_past(const plan::Request& request, std::uint64_t seed, int changes) {
  Past past = {planned(request, seed)};
  Random random = Random(seed).fork("changes");
  while (past.back().change_count() < changes) {
    past.push_back(steered(past.back(), random_change(past.back(), random)));
  }
  return past;
}

void for_many_pasts(const std::function<void(const Past&)>& check) {
  std::uint64_t seed = 100;
  for (const plan::Request& request :
       {request_of(30), request_of(45, plan::Goal::sleep), phased(60),
        prompted(40, "warm piano in D dorian, soft drums")}) {
    for (int n = 0; n < 5; ++n) check(random_past(request, ++seed, 40));
  }
}

/// The plan that has planned segment k, which later ones have kept: found by going back from plan
/// to plan, one change at a time.
const plan::Plan& planner_of(const Past& past, std::size_t newest, int k) {
  while (newest > 0 && k < past[newest].first_changed()) --newest;
  return past[newest];
}

plan::Steering to_divergence(double divergence) {
  plan::Steering steering;
  steering.divergence = divergence;
  return steering;
}

}  // namespace

TEST_CASE("a segment is told what the plan that brought it told it, whatever came after") {
  for_many_pasts([](const Past& past) {
    for (std::size_t newest = 0; newest < past.size(); ++newest) {
      const plan::Plan& plan = past[newest];
      for (int k = 0; k < plan.segment_count(); ++k) {
        const plan::Plan& own = planner_of(past, newest, k);
        REQUIRE(plan.brief(k, 44100) == own.brief(k, 44100));
        REQUIRE(plan.request_of(k) == own.request());
        REQUIRE(plan.made_hundredths(k) == own.made_hundredths(k));
        // What the plan that has brought a segment says of it is of the whole session as it was.
        const plan::Brief brief = own.brief(k, 100);
        REQUIRE(brief.segment_count == own.segment_count());
        REQUIRE(brief.session_seconds == own.played_seconds());
        REQUIRE(brief.frames == own.length_frames(k, 100));
        REQUIRE(brief.frames == own.made_hundredths(k));
        REQUIRE(brief.overlap_out == own.overlap_out_frames(k, 100));
        REQUIRE(brief.key_after == own.key(std::min(k + 1, own.segment_count() - 1)));
      }
    }
  });
}

TEST_CASE("before a change everything is as it was, and only the last segment may end sooner") {
  for_many_pasts([](const Past& past) {
    for (std::size_t n = 1; n < past.size(); ++n) {
      const plan::Plan &before = past[n - 1], &after = past[n];
      const int first = after.first_changed();
      REQUIRE(first <= before.segment_count());
      REQUIRE(first < after.segment_count());
      for (int k = 0; k < first; ++k) {
        REQUIRE(after.brief(k, 48000) == before.brief(k, 48000));
        REQUIRE(after.start_frame(k, 48000) == before.start_frame(k, 48000));
        REQUIRE(after.overlap_in_ms(k) == before.overlap_in_ms(k));
        REQUIRE(after.phase(k) == before.phase(k));
        REQUIRE(after.key(k) == before.key(k));
        if (k + 1 < first) {
          REQUIRE(after.end_frame(k, 48000) == before.end_frame(k, 48000));
        } else {
          REQUIRE(after.end_frame(k, 48000) <= before.end_frame(k, 48000));
        }
      }
      for (int k = first; k < after.segment_count(); ++k) {
        REQUIRE(after.request_of(k) == after.request());
      }
    }
  });
}

TEST_CASE("two plans of one history share what no change between them has reached") {
  for_many_pasts([](const Past& past) {
    const plan::Plan& plan = past.back();
    for (std::size_t changes = 0; changes < past.size(); ++changes) {
      int shared = past[changes].segment_count();
      for (std::size_t n = changes + 1; n < past.size(); ++n) {
        shared = std::min(shared, past[n].first_changed());
      }
      REQUIRE(plan.kept_since(static_cast<int>(changes)) == shared);
    }
    CHECK(plan.kept_since(plan.change_count() + 1) == plan.segment_count());
  });
}

TEST_CASE("the longest segment is found from any segment on") {
  for_many_pasts([](const Past& past) {
    const plan::Plan& plan = past.back();
    double longest = 0.0;
    for (int k = plan.segment_count() - 1; k >= 0; --k) {
      longest = std::max(longest, 0.01 * static_cast<double>(plan.made_hundredths(k)));
      REQUIRE(plan.longest_seconds(k) == Approx(longest));
    }
    CHECK(plan.longest_seconds(plan.segment_count()) == 0.0);
  });
}

TEST_CASE("a history that is replayed from the request gives the same plan") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const plan::Request request = prompted(50, "slow strings");
    plan::Plan plan = planned(request, seed);
    std::vector<plan::Change> history;
    Random random(seed);
    for (int n = 0; n < 60; ++n) {
      history.push_back(random_change(plan, random));
      plan = steered(plan, history.back());
    }
    plan::Plan again = planned(request, seed);
    for (const plan::Change& change : history) again = steered(again, change);
    REQUIRE(facts_of(again) == facts_of(plan));
    REQUIRE(again.request() == plan.request());
    REQUIRE(again.eras().size() == plan.eras().size());
  }
}

TEST_CASE("a plan outlives the ones before it") {
  auto first = std::make_unique<plan::Plan>(planned(prompted(30, "slow cello"), 3));
  const plan::Brief brief = first->brief(2, 48000);
  const plan::Plan after = steered(*first, {to_divergence(0.9), 90'000});
  first.reset();
  CHECK(after.brief(2, 48000) == brief);
  CHECK(after.request_of(2).custom_prompt == "slow cello");
  CHECK(after.request_of(2).divergence == 0.4);
}

TEST_CASE("a plan has no more eras than segments, each with segments of its own") {
  for_many_pasts([](const Past& past) {
    for (const plan::Plan& plan : past) {
      const std::vector<plan::Era>& eras = plan.eras();
      REQUIRE(eras.size() <= plan.segments().size());
      REQUIRE(eras.front().first_segment == 0);
      for (std::size_t i = 1; i < eras.size(); ++i) {
        REQUIRE(eras[i].first_segment > eras[i - 1].first_segment);
        REQUIRE(eras[i].change_count > eras[i - 1].change_count);
      }
      REQUIRE(eras.back().first_segment < plan.segment_count());
    }
  });
}

TEST_CASE("sixteen thousand changes in one place are counted, and leave two eras") {
  plan::Plan plan = planned(request_of(60), 1);
  for (int n = 1; n <= 16'000; ++n) {
    const plan::Steering steering = to_divergence((n % 100) / 100.0);
    plan = steered(plan, {steering, plan.cut_after(50'000, steering)});
    REQUIRE(plan.eras().size() == 2);
    REQUIRE(plan.segment_count() <= 40);
  }
  CHECK(plan.change_count() == 16'000);
  CHECK(plan.kept_since(0) == plan.first_changed());
  CHECK(plan.kept_since(15'999) == plan.first_changed());
  CHECK(plan.kept_since(16'000) == plan.segment_count());
}

TEST_CASE("changes all over a session leave no more eras than it has segments") {
  plan::Plan plan = planned(request_of(30), 8);
  Random random(8);
  for (int n = 0; n < 2000; ++n) {
    plan = steered(plan, random_change(plan, random));
    REQUIRE(plan.eras().size() <= plan.segments().size());
  }
  CHECK(plan.change_count() == 2000);
}

TEST_CASE("a change of the whole session leaves nothing of the time before") {
  plan::Plan plan = planned(prompted(20, "slow cello"), 1);
  const std::weak_ptr<const std::string> prompt = plan.eras().front().prompt;
  plan::Steering steering;
  steering.custom_prompt = "techno";
  plan = steered(plan, {steering, 0});
  CHECK(plan.eras().size() == 1);
  CHECK(plan.change_count() == 1);
  CHECK(plan.kept_since(0) == 0);
  CHECK(prompt.expired());
}

TEST_CASE("a long prompt and what was read in it are kept once, however often divergence changes") {
  const std::string prompt(60'000, 'x');
  plan::Plan plan = planned(prompted(60, prompt), 1);
  for (int n = 1; n <= 20; ++n) {
    plan = steered(plan, {to_divergence(n / 20.0), n * 12'000});
  }
  REQUIRE(plan.eras().size() == 21);
  for (const plan::Era& era : plan.eras()) {
    CHECK(era.prompt == plan.eras().front().prompt);
    CHECK(era.readings == plan.eras().front().readings);
    CHECK(era.request.custom_prompt.empty());
  }
  for (const int k : {0, 10, plan.segment_count() - 1}) {
    CHECK(plan.request_of(k).custom_prompt == prompt);
    CHECK(plan.brief(k, 48000).prompt == prompt);
  }
}

TEST_CASE("a prompt that comes back after another goal is not read again") {
  plan::Plan plan = planned(prompted(40, "slow cello"), 1);
  plan::Steering goal;
  for (int n = 1; n <= 4; ++n) {
    goal.goal = n % 2 == 1 ? plan::Goal::energize : plan::Goal::custom_prompt;
    plan = steered(plan, {goal, n * 40'000});
  }
  const std::vector<plan::Era>& eras = plan.eras();
  REQUIRE(eras.size() == 5);
  CHECK(eras[2].readings == eras[0].readings);
  CHECK(eras[3].readings == eras[1].readings);
  CHECK(eras[1].readings != eras[0].readings);
  CHECK(plan.request_of(0).goal == plan::Goal::custom_prompt);
  CHECK(plan.brief(plan.segment_count() - 1, 48000).prompt == "slow cello");
}
