// SPDX-License-Identifier: MIT
#include "plan/form.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "plan/plan_support.h"
#include "plan/planner.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr plan::Goal kGoals[] = {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep,
                                 plan::Goal::energize};

plan::Request request_of(int minutes, plan::Goal goal = plan::Goal::focus) {
  plan::Request request;
  request.goal = goal;
  request.target_minutes = minutes;
  return request;
}

plan::Form form_of(const plan::Plan& plan) { return *plan.eras().back().form; }

std::string letters_of(const plan::Form& form) {
  std::string letters;
  for (const plan::Movement& movement : form.movements()) letters += name_of(movement) + " ";
  return letters;
}

}  // namespace

TEST_CASE("movements cover the session, one after another, by time and by bar") {
  for (const plan::Goal goal : kGoals) {
    for (const int minutes : {1, 3, 6, 20, 60, 1440}) {
      const plan::Plan plan = plan::planned(request_of(minutes, goal), 4);
      const plan::Form form = form_of(plan);
      const auto movements = form.movements();
      CAPTURE(minutes, letters_of(form));
      CHECK(movements.front().start == 0);
      CHECK(movements.back().end == minutes * 6000);
      for (std::size_t m = 1; m < movements.size(); ++m) {
        CHECK(movements[m].start == movements[m - 1].end);
        CHECK(movements[m].first_bar == movements[m - 1].end_bar);
        CHECK(movements[m].end_bar > movements[m].first_bar);
      }
    }
  }
}

TEST_CASE("an hour has movements of 6 to 12 minutes, and what was heard returns") {
  for (const plan::Goal goal : kGoals) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const plan::Plan plan = plan::planned(request_of(60, goal), seed);
      const plan::Form form = form_of(plan);
      CAPTURE(seed, letters_of(form));
      bool returns = false;
      for (const plan::Movement& movement : form.movements()) {
        CHECK(movement.end - movement.start >= 6 * 6000 - 30);
        CHECK(movement.end - movement.start <= 12 * 6000 + 30);
        returns |= movement.returns > 0;
      }
      CHECK(returns);
      CHECK(form.movements().front().theme == 0);
      CHECK(form.movements().back().theme == 0);
      for (std::size_t m = 1; m < form.movements().size(); ++m) {
        CHECK(form.movements()[m].theme != form.movements()[m - 1].theme);
      }
    }
  }
}

TEST_CASE("an hour visits key areas, each of which has a chord in common with the one before") {
  for (const plan::Goal goal : kGoals) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const plan::Plan plan = plan::planned(request_of(60, goal), seed);
      const plan::Key home = plan.segment(0).home;
      std::set<int> areas;
      const plan::Movement* last = nullptr;
      const plan::Form form = form_of(plan);
      for (const plan::Movement& movement : form.movements()) {
        areas.insert(position_on_circle(movement.key_in(home)));
        if (last != nullptr) {
          CHECK(common_chord(last->key_in(home), movement.key_in(home)));
        }
        last = &movement;
      }
      CAPTURE(seed, letters_of(form));
      CHECK(areas.size() >= (goal == plan::Goal::sleep ? 2U : 3U));
    }
  }
}

TEST_CASE("what the prompt names, movements leave alone") {
  plan::Request request = request_of(60, plan::Goal::custom_prompt);
  request.custom_prompt = "calm piano in D minor at 80 bpm";
  const plan::Plan plan = plan::planned(request, 3);
  const plan::Form form = form_of(plan);
  for (const plan::Movement& movement : form.movements()) {
    CHECK(movement.key_in(plan.segment(0).home) == plan.segment(0).home);
    CHECK(movement.tempo == 1.0);
  }
}

TEST_CASE("a movement's tempo begins with a segment, near to what was drawn") {
  for (const plan::Goal goal : kGoals) {
    const plan::Plan plan = plan::planned(request_of(60, goal), 8);
    std::set<double> tempi;
    for (int k = 0; k < plan.segment_count(); ++k) {
      const plan::Brief brief = plan.brief(k, 48000);
      tempi.insert(brief.tempo_bpm);
      CHECK(brief.bar_seconds == Approx(brief.home_bar_seconds).epsilon(0.06));
      for (const plan::BarLine& step : brief.tempo_steps) {
        const bool is_at_start = step.start <= std::llround(100.0 * brief.start_seconds);
        const double end = brief.start_seconds + brief.length_seconds();
        const double overlap = static_cast<double>(brief.overlap_out) / brief.sample_rate;
        CHECK((is_at_start || step.start == std::llround(100.0 * (end - overlap))));
      }
    }
    CHECK(tempi.size() > 1);
  }
}

TEST_CASE("tension is continuous; sleep's only falls in the long run") {
  for (const plan::Goal goal : kGoals) {
    const plan::Form form = form_of(plan::planned(request_of(60, goal), 5));
    double largest_step = 0.0;
    for (int second = 1; second < 3600; ++second) {
      largest_step =
          std::max(largest_step, std::abs(form.tension(second) - form.tension(second - 1)));
      CHECK(form.tension(second) >= 0.0);
      CHECK(form.tension(second) <= 1.0);
    }
    CHECK(largest_step < 0.02);
  }
  const plan::Form sleep = form_of(plan::planned(request_of(60, plan::Goal::sleep), 5));
  CHECK(sleep.tension(300.0) > sleep.tension(1800.0));
  CHECK(sleep.tension(1800.0) > sleep.tension(3300.0));
}

TEST_CASE("the planned level moves around the session's, and its power is that of the session") {
  for (const plan::Goal goal : kGoals) {
    const plan::Form form = form_of(plan::planned(request_of(60, goal), 6));
    double power = 0.0;
    for (int second = 0; second < 3600; ++second) {
      CHECK(std::abs(form.level_lu(second)) <= (goal == plan::Goal::sleep ? 5.0 : 2.5));
      power += std::pow(10.0, 0.1 * form.level_lu(second));
    }
    CHECK(10.0 * std::log10(power / 3600.0) == Approx(0.0).margin(0.05));
  }
}

TEST_CASE("a change of the music begins a movement in the scale that was heard") {
  const plan::Plan before = plan::planned(request_of(60), 9);
  plan::Change change;
  change.steering.goal = plan::Goal::relax;
  change.from = before.cut_after(100'000, change.steering);
  const plan::Plan after = plan::steered(before, change);
  const plan::Form form = form_of(after);
  const auto movements = form.movements();
  REQUIRE(movements.size() > 1);
  CHECK(movements[0].end == change.from);
  CHECK(movements[1].start == change.from);
  const plan::Key heard = movements[0].key_in(before.segment(0).home);
  const plan::Key now = after.key(after.first_changed());
  CHECK(fifths_between(heard, now) == 0);
}

TEST_CASE("a new goal comes in over two to four bars in which the tempo bends") {
  const plan::Plan before = plan::planned(request_of(30), 9);
  plan::Steering steering;
  steering.goal = plan::Goal::energize;
  const std::int64_t from = before.cut_after(40'000, steering);
  const plan::Plan after = plan::steered(before, plan::Change{steering, from});
  const int k = after.first_changed();
  const plan::Brief old = after.brief(k - 1, 48000), brief = after.brief(k, 48000);
  const auto first = std::find_if(brief.tempo_steps.begin(), brief.tempo_steps.end(),
                                  [&](const plan::BarLine& line) { return line.start == from; });
  REQUIRE(first != brief.tempo_steps.end());
  CHECK(first->length * 0.01 == Approx(old.bar_seconds).epsilon(0.1));
  const auto last = brief.tempo_steps.back();
  CHECK(last.length * 0.01 == Approx(brief.bar_seconds).epsilon(0.01));
  CHECK(last.number - first->number >= 2);
  CHECK(last.number - first->number <= 4);
  for (auto line = first; line + 1 != brief.tempo_steps.end(); ++line) {
    CHECK((line + 1)->length < line->length);  // from 75 bpm or so to 120
  }
  // A change of how much the music varies plays on as it was.
  plan::Steering mild;
  mild.divergence = 0.9;
  const plan::Plan on = plan::steered(before, plan::Change{mild, from});
  CHECK(on.brief(on.first_changed(), 48000).bar_seconds == Approx(old.bar_seconds).epsilon(0.02));
}

TEST_CASE("the loudness follows a new goal within half a minute, unless it was asked for") {
  for (const bool is_named : {false, true}) {
    plan::Request request = request_of(30);
    if (is_named) request.target_lufs = -21.0;
    const plan::Plan before = plan::planned(request, 9);
    plan::Steering steering;
    steering.goal = plan::Goal::sleep;
    const std::int64_t from = before.cut_after(40'000, steering);
    const plan::Plan after = plan::steered(before, plan::Change{steering, from});
    const double new_target = is_named ? -21.0 : plan::default_target_lufs(plan::Goal::sleep);
    const auto planned = [](const plan::Plan& plan, double seconds) {
      const plan::Era& era = plan.eras().back();
      return era.request.loudness_target() + era.form->level_lu(seconds);
    };
    const double at = 0.01 * static_cast<double>(from);
    INFO("named " << is_named);
    CHECK(after.request().loudness_target() == new_target);
    CHECK(planned(after, at) == Approx(planned(before, at)).margin(0.05));
    CHECK(form_of(after).approach_lu(at + 31.0) == 0.0);
    for (double t = at; t < at + 35.0; t += 0.5) {
      CHECK(std::abs(planned(after, t + 0.5) - planned(after, t)) < 0.3);
    }
  }
}

TEST_CASE("the loudness of the segments together is the session's") {
  for (const plan::Goal goal : kGoals) {
    for (const int minutes : {1, 6, 60}) {
      const plan::Plan plan = plan::planned(request_of(minutes, goal), 12);
      double power = 0.0, seconds = 0.0;
      for (int k = 0; k < plan.segment_count(); ++k) {
        const double length = plan.length_seconds(k);
        CHECK(std::abs(plan.target_lufs(k) - plan.request().loudness_target()) <
              (goal == plan::Goal::sleep ? 5.0 : 2.0));
        power += length * std::pow(10.0, 0.1 * plan.target_lufs(k));
        seconds += length;
      }
      INFO(name_of(goal) << ", " << minutes << " minutes");
      CHECK(10.0 * std::log10(power / seconds) ==
            Approx(plan.request().loudness_target()).margin(0.1));
    }
  }
}
