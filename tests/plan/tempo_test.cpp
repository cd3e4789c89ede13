// SPDX-License-Identifier: MIT
// A session whose tempo was asked for.
#include <cmath>
#include <memory>

#include <catch2/catch.hpp>

#include "plan/planner.h"
#include "plan/wording.h"

using namespace focus::core;

namespace {

plan::Request at_tempo(double bpm, plan::Goal goal = plan::Goal::focus, int minutes = 30) {
  plan::Request request;
  request.goal = goal;
  request.target_minutes = minutes;
  request.tempo_bpm = bpm;
  if (goal == plan::Goal::custom_prompt) request.custom_prompt = "fast techno at 140 bpm";
  return request;
}

constexpr plan::Goal kAllGoals[] = {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep,
                                    plan::Goal::energize, plan::Goal::custom_prompt};

}  // namespace

TEST_CASE("every segment has the tempo that was asked for, whatever the goal and divergence") {
  for (const plan::Goal goal : kAllGoals) {
    for (const double bpm : {30.0, 60.0, 120.0, 240.0}) {
      for (const double divergence : {0.0, 1.0}) {
        for (const double segment_seconds : {20.0, 120.0}) {
          CAPTURE(name_of(goal), bpm, divergence, segment_seconds);
          plan::Request request = at_tempo(bpm, goal);
          request.divergence = divergence;
          request.segment_seconds = segment_seconds;
          REQUIRE(validate(request).ok());
          const plan::Plan plan = plan::planned(request, 7);
          const double bar = 240.0 / bpm;
          for (int k = 0; k < plan.segment_count(); ++k) {
            const plan::Brief brief = plan.brief(k, 48000);
            REQUIRE(brief.tempo_bpm == bpm);
            REQUIRE(brief.bar_seconds == Approx(bar));
            // Segments begin on bar lines.
            const double bars = plan.start_seconds(k) / bar;
            REQUIRE(bars == Approx(std::round(bars)).margin(1e-9));
          }
          const int last = plan.segment_count() - 1;
          CHECK(plan.end_frame(last, 48000) == std::int64_t{30} * 60 * 48000);
        }
      }
    }
  }
}

TEST_CASE("without a tempo the goal's own is played") {
  for (const plan::Goal goal : kAllGoals) {
    plan::Request request = at_tempo(0.0, goal);
    const plan::Plan plan = plan::planned(request, 3);
    CAPTURE(name_of(goal));
    CHECK(plan.brief(0, 48000).tempo_bpm != Approx(100.0).margin(1.0));
    request.tempo_bpm = 100.0;
    CHECK(plan::planned(request, 3).brief(0, 48000).tempo_bpm == 100.0);
  }
}

TEST_CASE("a tempo is met to the nearest bar of whole hundredths") {
  for (double bpm = 30.0; bpm <= 240.0; bpm += 0.7) {
    const plan::Brief brief = plan::planned(at_tempo(bpm), 1).brief(2, 48000);
    CAPTURE(bpm);
    REQUIRE(std::abs(brief.bar_seconds - 240.0 / bpm) <= 0.005 + 1e-9);
    REQUIRE(brief.tempo_bpm == Approx(240.0 / brief.bar_seconds));
  }
}

TEST_CASE("steering keeps the tempo that was asked for") {
  for (const double bpm : {30.0, 240.0}) {
    auto plan = std::make_shared<const plan::Plan>(plan::planned(at_tempo(bpm), 5));
    plan::Steering to_sleep, to_prompt, more, longer;
    to_sleep.goal = plan::Goal::sleep;
    to_prompt.custom_prompt = "slow piano at 50 bpm";
    more.intensity = plan::Intensity::high;
    more.divergence = 1.0;
    longer.target_minutes = 40;
    std::int64_t heard = 20'000;
    for (const plan::Steering& steering : {to_sleep, to_prompt, more, longer}) {
      const plan::Change change{steering, plan->cut_after(heard, steering)};
      REQUIRE(plan->check_change(change).ok());
      plan = std::make_shared<const plan::Plan>(plan::steered(*plan, change));
      heard += 20'000;
    }
    for (int k = 0; k < plan->segment_count(); ++k) {
      REQUIRE(plan->brief(k, 48000).tempo_bpm == bpm);
    }
    CHECK(plan->played_seconds() == 2400.0);
  }
}

TEST_CASE("breaks keep a tempo of their own") {
  plan::Request request = at_tempo(160.0, plan::Goal::focus, 60);
  request.work_minutes = 25;
  request.break_minutes = 5;
  const plan::Plan plan = plan::planned(request, 9);
  int breaks = 0;
  for (int k = 0; k < plan.segment_count(); ++k) {
    const double tempo = plan.brief(k, 48000).tempo_bpm;
    if (plan.phase(k) == plan::Phase::work) {
      REQUIRE(tempo == 160.0);
    } else {
      ++breaks;
      REQUIRE(tempo < 60.0);
    }
  }
  CHECK(breaks > 0);
}

TEST_CASE("what a prompt says of tempo yields to the tempo that was asked for") {
  const auto reading = plan::read_prompt("slow techno, 140 bpm", 90.0);
  CHECK(reading.leaning.tempo_bpm == 90.0);
  CHECK(reading.leaning.tempo == 0.0);
  CHECK(reading.character == plan::read_prompt("slow techno").character);
  CHECK(reading.leaning.energy == plan::read_prompt("slow techno").leaning.energy);
  int yielding = 0;
  for (const plan::UnderstoodWords& words : reading.understood) {
    yielding += words.effect.find("yields to the tempo that was asked for") != std::string::npos;
    CHECK(words.effect.find("140") == std::string::npos);
    CHECK(words.effect.find("slower") == std::string::npos);
  }
  CHECK(yielding >= 2);
  CHECK(reading.summary.find("at 90 bpm") != std::string::npos);
  // A tempo is no reason to take an empty prompt for energize.
  CHECK(plan::read_prompt("140 bpm").character == plan::Goal::energize);
  CHECK(plan::read_prompt("140 bpm", 60.0).character == plan::Goal::focus);
  CHECK(plan::read_prompt("xyzzy", 140.0).character == plan::Goal::focus);
}

TEST_CASE("a segment's reason names the tempo that was asked for") {
  const plan::Brief brief = plan::planned(at_tempo(120.0, plan::Goal::sleep), 1).brief(0, 48000);
  CHECK(why(brief).find("120 bpm") != std::string::npos);
}
