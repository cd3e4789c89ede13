// SPDX-License-Identifier: MIT
#include "plan/plan.h"

#include <cmath>

#include <catch2/catch.hpp>

#include "plan/plan_support.h"
#include "plan/planner.h"

using namespace focus::core;
using focus::test::line_of;

namespace {

plan::Request request_of(int minutes, plan::Goal goal = plan::Goal::focus,
                         double divergence = 0.0) {
  plan::Request request;
  request.goal = goal;
  request.target_minutes = minutes;
  request.divergence = divergence;
  return request;
}

std::int64_t played_frames(const plan::Plan& plan, int rate) {
  std::int64_t sum = 0;
  for (int k = 0; k < plan.segment_count(); ++k) {
    const plan::Brief brief = plan.brief(k, rate);
    sum += brief.frames - brief.overlap_out;
  }
  return sum;
}

}  // namespace

TEST_CASE("sixty minutes are thirty segments, and any length has ceil(minutes / 2)") {
  CHECK(plan::planned(request_of(60), 1).segment_count() == 30);
  CHECK(plan::planned(request_of(1), 1).segment_count() == 1);
  CHECK(plan::planned(request_of(3), 1).segment_count() == 2);
  CHECK(plan::planned(request_of(1440), 1).segment_count() == 720);
}

TEST_CASE("the played length is the target to the sample, for every length, goal and rate") {
  for (int minutes = 1; minutes <= 1440; minutes += minutes < 12 ? 1 : 97) {
    for (const plan::Goal goal :
         {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep, plan::Goal::energize}) {
      const plan::Plan plan =
          plan::planned(request_of(minutes, goal, 0.7), static_cast<std::uint64_t>(minutes));
      for (const int rate : {44100, 48000}) {
        REQUIRE(played_frames(plan, rate) == minutes * std::int64_t{60} * rate);
      }
    }
  }
}

TEST_CASE("overlaps are 4 to 16 s, whole hundredths, and at most a tenth of either segment") {
  for (const plan::Goal goal :
       {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep, plan::Goal::energize}) {
    for (std::uint64_t seed = 1; seed < 20; ++seed) {
      const plan::Plan plan = plan::planned(request_of(60, goal, 1.0), seed);
      for (int k = 0; k + 1 < plan.segment_count(); ++k) {
        const double overlap = plan.overlap_out_ms(k) / 1000.0;
        REQUIRE(overlap >= 4.0);
        REQUIRE(overlap <= 16.0);
        REQUIRE(overlap <= 0.1 * plan.length_seconds(k) + 1e-9);
        REQUIRE(overlap <= 0.1 * plan.length_seconds(k + 1) + 1e-9);
        REQUIRE(plan.overlap_in_ms(k + 1) == plan.overlap_out_ms(k));
        const plan::Brief brief = plan.brief(k, 44100);
        REQUIRE(brief.overlap_out == plan.overlap_out_ms(k) * 441 / 10);
      }
      CHECK(plan.overlap_in_ms(0) == 0);
      CHECK(plan.overlap_out_ms(plan.segment_count() - 1) == 0);
    }
  }
}

TEST_CASE("short segments keep a real overlap") {
  plan::Request request = request_of(5);
  request.segment_seconds = 20.0;
  const plan::Plan plan = plan::planned(request, 3);
  CHECK(plan.segment_count() == 15);
  for (int k = 1; k < plan.segment_count(); ++k) {
    CHECK(plan.overlap_in_ms(k) >= 1000);
    CHECK(plan.overlap_in_ms(k) <= 100 * plan.length_seconds(k));
  }
  CHECK(played_frames(plan, 48000) == 300 * 48000);
}

TEST_CASE("segments start on bar lines of one absolute grid when nothing is drawn again") {
  const plan::Plan plan = plan::planned(request_of(60), 11);
  const plan::Brief first = plan.brief(0, 48000);
  for (int k = 0; k < plan.segment_count(); ++k) {
    const plan::Brief brief = plan.brief(k, 48000);
    CHECK(brief.home == first.home);
    CHECK(brief.drawn_at == first.drawn_at);
    // The lines that lead to the segment end where it starts, and are those of the segment before.
    REQUIRE(!brief.tempo_steps.empty());
    CHECK(line_of(brief, brief.first_bar) == std::llround(100.0 * brief.start_seconds));
    if (k > 0) {
      const plan::Brief before = plan.brief(k - 1, 48000);
      for (std::int64_t bar = brief.first_bar; bar < brief.first_bar + 3; ++bar) {
        CHECK(line_of(before, bar) == line_of(brief, bar));
      }
    }
    CHECK(std::abs(brief.start_seconds - 120.0 * k) <= brief.bar_seconds / 2 + 0.01);
  }
}

TEST_CASE("the plan is a function of request and seed") {
  const plan::Request request = request_of(30, plan::Goal::relax, 0.6);
  const plan::Plan a = plan::planned(request, 5), b = plan::planned(request, 5),
                   c = plan::planned(request, 6);
  bool other_seed_differs = false;
  for (int k = 0; k < a.segment_count(); ++k) {
    const plan::Brief one = a.brief(k, 48000), two = b.brief(k, 48000), three = c.brief(k, 48000);
    CHECK(one.frames == two.frames);
    CHECK(one.key == two.key);
    CHECK(one.drawn_at == two.drawn_at);
    other_seed_differs |= one.tempo_bpm != three.tempo_bpm || !(one.key == three.key);
  }
  CHECK(other_seed_differs);
}

TEST_CASE("more divergence draws more anew, the mild decisions first") {
  int fewer = 0;
  for (const double divergence : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    const plan::Plan plan = plan::planned(request_of(240, plan::Goal::focus, divergence), 9);
    std::array<int, plan::kDecisionCount> redrawn{};
    for (int k = 1; k < plan.segment_count(); ++k) {
      const plan::Brief brief = plan.brief(k, 48000);
      for (std::size_t d = 0; d < redrawn.size(); ++d) redrawn[d] += brief.drawn_at[d] == k;
    }
    int sum = 0;
    for (const int count : redrawn) sum += count;
    if (divergence == 0.0) {
      CHECK(sum == 0);
    } else {
      CHECK(sum > fewer);
    }
    if (divergence == 0.25) CHECK(redrawn[static_cast<std::size_t>(plan::Decision::tempo)] == 0);
    if (divergence == 1.0) CHECK(sum == plan::kDecisionCount * (plan.segment_count() - 1));
    fewer = sum;
  }
}

TEST_CASE("tempo lies in the goal's range and rises with intensity") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    plan::Request request = request_of(10, plan::Goal::focus);
    double slower = 0.0;
    for (const plan::Intensity intensity :
         {plan::Intensity::low, plan::Intensity::medium, plan::Intensity::high}) {
      request.intensity = intensity;
      const double bpm = plan::planned(request, seed).brief(0, 48000).tempo_bpm;
      REQUIRE(bpm > slower);
      slower = bpm - 0.5;  // bars are whole hundredths, so a bound may be passed by a little
    }
    const double sleep =
        plan::planned(request_of(10, plan::Goal::sleep), seed).brief(0, 48000).tempo_bpm;
    REQUIRE(sleep >= 45.9);
    REQUIRE(sleep <= 53.1);
  }
}

TEST_CASE("a session opens, settles, develops and closes") {
  const plan::Plan plan = plan::planned(request_of(60, plan::Goal::sleep), 2);
  CHECK(plan.brief(0, 48000).section == plan::Section::opening);
  CHECK(plan.brief(3, 48000).section == plan::Section::settling);
  CHECK(plan.brief(15, 48000).section == plan::Section::developing);
  const plan::Brief last = plan.brief(29, 48000);
  CHECK(last.section == plan::Section::closing);
  CHECK(last.ending_seconds == 90.0);
  CHECK(last.cadence_seconds == 90.0);
  CHECK(plan.brief(28, 48000).ending_seconds == 0.0);
}

TEST_CASE("the ending takes at most a third of a session") {
  CHECK(plan::planned(request_of(1, plan::Goal::sleep), 2).ending_seconds() == 20.0);
  CHECK(plan::planned(request_of(60, plan::Goal::energize), 2).ending_seconds() == 4.0);
}

TEST_CASE("an ending of the listener's own is told to all segments it touches") {
  for (const double seconds : {1.0, 45.5, 300.0, 1800.0}) {
    plan::Request request = request_of(60, plan::Goal::sleep, 0.5);
    request.ending_seconds = seconds;
    const plan::Plan plan = plan::planned(request, 8);
    CHECK(plan.ending_seconds() == Approx(seconds));
    const plan::Plan usual = plan::planned(request_of(60, plan::Goal::sleep, 0.5), 8);
    for (int k = 0; k < plan.segment_count(); ++k) {
      const plan::Brief brief = plan.brief(k, 48000);
      const double end = brief.start_seconds + brief.length_seconds();
      CHECK(brief.ending_seconds == (end > 3600.0 - seconds ? plan.ending_seconds() : 0.0));
      CHECK(plan.start_frame(k, 48000) == usual.start_frame(k, 48000));
      // The music comes to rest where it would have anyway, never for the whole of a long fade.
      CHECK(brief.cadence_seconds == usual.brief(k, 48000).cadence_seconds);
      CHECK((brief.cadence_seconds > 0.0) == (k + 1 == plan.segment_count()));
    }
  }
}

TEST_CASE("stem levels reach every brief") {
  plan::Request request = request_of(10);
  request.stem_db[static_cast<std::size_t>(plan::Stem::melody)] = -6.0;
  const plan::Brief brief = plan::planned(request, 4).brief(3, 48000);
  CHECK(brief.level_db(plan::Stem::melody) == -6.0);
  CHECK(brief.level_db(plan::Stem::pads) == 0.0);
}

TEST_CASE("a prompt's words reach the brief") {
  plan::Request request = request_of(10, plan::Goal::custom_prompt);
  request.custom_prompt = "dark slow ambient at 70 bpm, no drums";
  const plan::Brief brief = plan::planned(request, 4).brief(2, 48000);
  CHECK(brief.goal == plan::Goal::custom_prompt);
  CHECK(brief.character == plan::Goal::relax);
  CHECK(brief.tempo_bpm == Approx(70.0).margin(0.3));
  CHECK(brief.leaning.without(plan::Stem::percussion));
  CHECK(brief.leaning.brightness < 0.0);
  CHECK(brief.prompt == request.custom_prompt);
}

TEST_CASE("a key and a tempo that a prompt names hold in every segment, whatever the divergence") {
  plan::Request request = request_of(60, plan::Goal::custom_prompt, 1.0);
  request.custom_prompt = "piano in eb lydian at 90 bpm";
  const plan::Plan plan = plan::planned(request, 4);
  for (int k = 0; k < plan.segment_count(); ++k) {
    const plan::Brief brief = plan.brief(k, 48000);
    CHECK(brief.key == plan::Key{3, plan::Mode::lydian});
    CHECK(brief.tempo_bpm == Approx(90.0).margin(0.3));
    CHECK(brief.drawn(plan::Decision::mode) == 0);
    CHECK(brief.drawn(plan::Decision::tonic) == 0);
    CHECK(brief.drawn(plan::Decision::tempo) == 0);
    CHECK(brief.drawn(plan::Decision::chords) == k);
  }
}

TEST_CASE("a tonic that a prompt names holds in breaks, too; its tempo and mode are for the work") {
  plan::Request request = request_of(60, plan::Goal::custom_prompt, 1.0);
  request.custom_prompt = "piano in eb minor at 90 bpm";
  request.work_minutes = 20;
  request.break_minutes = 5;
  const plan::Plan plan = plan::planned(request, 4);
  int breaks = 0;
  for (int k = 0; k < plan.segment_count(); ++k) {
    const plan::Brief brief = plan.brief(k, 48000);
    CHECK(brief.key.tonic == 3);
    if (brief.phase == plan::Phase::work) {
      CHECK(brief.key.mode == plan::Mode::aeolian);
    } else {
      CHECK(brief.tempo_bpm < 70.0);
      ++breaks;
    }
  }
  CHECK(breaks > 0);
}

TEST_CASE("a mode or a tonic that is named alone leaves the other to be drawn") {
  plan::Request request = request_of(60, plan::Goal::custom_prompt, 1.0);
  request.custom_prompt = "piano in a minor key";
  const plan::Plan minor = plan::planned(request, 4);
  request.custom_prompt = "piano, key of g";
  const plan::Plan on_g = plan::planned(request, 4);
  bool tonic_moves = false, mode_moves = false;
  for (int k = 0; k < minor.segment_count(); ++k) {
    CHECK(minor.key(k).mode == plan::Mode::aeolian);
    CHECK(on_g.key(k).tonic == 7);
    tonic_moves |= minor.key(k).tonic != minor.key(0).tonic;
    mode_moves |= on_g.key(k).mode != on_g.key(0).mode;
  }
  CHECK(tonic_moves);
  CHECK(mode_moves);
}

TEST_CASE(
    "a prompt's tempo words shift the tempo by a quarter at most, and within what is played") {
  const auto bpm = [](const char* prompt, std::uint64_t seed) {
    plan::Request request = request_of(10, plan::Goal::custom_prompt);
    request.custom_prompt = prompt;
    return plan::planned(request, seed).brief(0, 48000).tempo_bpm;
  };
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const double plain = bpm("focus", seed);
    CHECK(bpm("focus, slow", seed) < plain - 3.0);
    CHECK(bpm("focus, very slow", seed) < bpm("focus, slow", seed));
    CHECK(bpm("focus, fast", seed) > plain + 3.0);
    CHECK(bpm("focus. presto presto presto", seed) <= 1.26 * plain);
    CHECK(bpm("focus. largo largo largo", seed) >= 0.74 * plain);
    CHECK(bpm("sleep. largo largo largo", seed) >= 39.9);
  }
}
