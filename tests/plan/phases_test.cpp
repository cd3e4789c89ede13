// SPDX-License-Identifier: MIT
#include "plan/phases.h"

#include <cmath>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "plan/planner.h"

using namespace focus::core;

namespace {

plan::Request phased(int minutes, int work, int rest, plan::Goal goal = plan::Goal::focus,
                     double divergence = 0.0) {
  plan::Request request;
  request.goal = goal;
  request.custom_prompt = "fast minor techno with piano and drums at 140 bpm";
  request.target_minutes = minutes;
  request.work_minutes = work;
  request.break_minutes = rest;
  request.divergence = divergence;
  return request;
}

/// Every kind of phased plan that a property should hold for.
template <typename Check>
void for_many_plans(Check check) {
  struct Lengths {
    int minutes, work, rest;
  };
  std::uint64_t seed = 0;
  for (const Lengths l : {Lengths{60, 25, 5}, Lengths{120, 50, 10}, Lengths{31, 5, 1},
                          Lengths{26, 25, 5}, Lengths{90, 17, 60}, Lengths{1440, 52, 17}}) {
    for (const plan::Goal goal :
         {plan::Goal::focus, plan::Goal::energize, plan::Goal::custom_prompt}) {
      for (const double divergence : {0.0, 0.6, 1.0}) {
        plan::Request request = phased(l.minutes, l.work, l.rest, goal, divergence);
        CAPTURE(l.minutes, l.work, l.rest, goal, divergence);
        for (const double segment_seconds : {90.0, 120.0, 600.0}) {
          request.segment_seconds = segment_seconds;
          REQUIRE(validate(request).ok());
          check(plan::planned(request, ++seed));
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("phases take turns from the first minute on and end with the session") {
  const auto spans = plan::phases_of(phased(60, 25, 5));
  REQUIRE(spans.size() == 4);
  const std::int64_t starts[] = {0, 150'000, 180'000, 330'000};
  int count = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    CHECK(spans[i].phase == (i % 2 == 0 ? plan::Phase::work : plan::Phase::break_));
    CHECK(spans[i].start == starts[i]);
    count += spans[i].segment_count;
  }
  CHECK(spans.back().end == 360'000);
  CHECK(count == 30);  // as the contract has it for an hour
  CHECK(plan::phases_of(phased(26, 25, 5)).back().end == 156'000);
  CHECK(plan::phases_of(phased(20, 25, 5)).size() == 1);
  CHECK(plan::phases_of(phased(60, 0, 0)).size() == 1);
}

TEST_CASE("a session with phases is as long as it was asked to be, to the sample") {
  for_many_plans([](const plan::Plan& plan) {
    for (const int rate : {44100, 48000}) {
      std::int64_t at = 0;
      for (int k = 0; k < plan.segment_count(); ++k) {
        const plan::Brief brief = plan.brief(k, rate);
        REQUIRE(plan.start_frame(k, rate) == at);
        at += brief.frames - brief.overlap_out;
      }
      REQUIRE(at == plan.request().target_minutes * std::int64_t{60} * rate);
    }
  });
}

TEST_CASE("phases change within a bar of their minute, and only there") {
  for_many_plans([](const plan::Plan& plan) {
    int segment = 0;
    for (const plan::PhaseSpan& span : plan::phases_of(plan.request())) {
      const double bar = segment > 0 ? plan.brief(segment - 1, 48000).bar_seconds : 0.0;
      REQUIRE(std::abs(plan.start_seconds(segment) - 0.01 * span.start) <= bar);
      for (int number = 0; number < span.segment_count; ++number, ++segment) {
        REQUIRE(plan.phase(segment) == span.phase);
      }
    }
    REQUIRE(segment == plan.segment_count());
  });
}

TEST_CASE("pieces of different tempo overlap as far as segments of one piece do") {
  for_many_plans([](const plan::Plan& plan) {
    for (int k = 0; k + 1 < plan.segment_count(); ++k) {
      const double overlap = plan.overlap_out_ms(k) / 1000.0;
      REQUIRE(overlap >= 4.0);
      REQUIRE(overlap <= 16.0);
      REQUIRE(overlap <= 0.1 * plan.length_seconds(k) + 1e-9);
      REQUIRE(overlap <= 0.1 * plan.length_seconds(k + 1) + 1e-9);
      REQUIRE(plan.length_seconds(k) <= 1.5 * plan.request().segment_seconds + 24.0);
    }
  });
}

TEST_CASE("breaks play relax at low intensity, whatever the work plays") {
  for_many_plans([](const plan::Plan& plan) {
    for (int k = 0; k < plan.segment_count(); ++k) {
      const plan::Brief brief = plan.brief(k, 48000);
      if (brief.phase == plan::Phase::work) {
        REQUIRE(brief.character != plan::Goal::relax);
        REQUIRE(brief.intensity == plan.request().intensity);
        continue;
      }
      REQUIRE(brief.goal == plan.request().goal);
      REQUIRE(brief.character == plan::Goal::relax);
      REQUIRE(brief.intensity == plan::Intensity::low);
      REQUIRE(brief.tempo_bpm >= 51.9);
      REQUIRE(brief.tempo_bpm <= 58.1);
      REQUIRE((brief.key.mode == plan::Mode::lydian || brief.key.mode == plan::Mode::ionian));
      REQUIRE(brief.prompt.empty());
      REQUIRE(brief.leaning.energy == 0.0);
      REQUIRE(brief.leaning.of(plan::Stem::percussion) <= 0.0);
    }
  });
}

TEST_CASE("work and breaks are two pieces that go on where they were") {
  const plan::Plan plan = plan::planned(phased(120, 25, 5), 7);
  std::map<plan::Phase, plan::Brief> last;
  for (int k = 0; k < plan.segment_count(); ++k) {
    const plan::Brief brief = plan.brief(k, 48000);
    if (const auto found = last.find(brief.phase); found != last.end()) {
      CHECK(brief.home == found->second.home);
      CHECK(brief.tempo_bpm == found->second.tempo_bpm);
      CHECK(brief.drawn_at == found->second.drawn_at);
      CHECK(brief.first_bar > found->second.first_bar);
    }
    last[brief.phase] = brief;
  }
  REQUIRE(last.size() == 2);
  CHECK(last[plan::Phase::break_].drawn_at != last[plan::Phase::work].drawn_at);
  CHECK(last[plan::Phase::break_].tempo_bpm < last[plan::Phase::work].tempo_bpm);
}

TEST_CASE("nothing of one piece is drawn for the other, and bars only count up") {
  for_many_plans([](const plan::Plan& plan) {
    std::map<plan::Phase, std::int64_t> bar;
    for (int k = 0; k < plan.segment_count(); ++k) {
      const plan::Brief brief = plan.brief(k, 48000);
      for (const std::int32_t drawn : brief.drawn_at) REQUIRE(plan.phase(drawn) == brief.phase);
      REQUIRE(brief.first_bar >= (k == 0 ? 0 : 1));
      const auto found = bar.find(brief.phase);
      if (found != bar.end()) REQUIRE(brief.first_bar > found->second);
      bar[brief.phase] = brief.first_bar;
    }
  });
}

TEST_CASE("a session that ends in a break ends as relax does") {
  const plan::Plan plan = plan::planned(phased(60, 25, 5), 3);
  CHECK(plan.phase(plan.segment_count() - 1) == plan::Phase::break_);
  CHECK(plan.ending_seconds() == 20.0);
  CHECK(plan::planned(phased(55, 25, 5), 3).ending_seconds() == 8.0);
}
