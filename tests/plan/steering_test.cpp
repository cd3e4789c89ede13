// SPDX-License-Identifier: MIT
#include "plan/steering.h"

#include <cmath>
#include <memory>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "plan/plan_support.h"
#include "plan/planner.h"

using namespace focus::core;
using focus::test::line_of;

namespace {

plan::Request request_of(int minutes, plan::Goal goal = plan::Goal::focus) {
  plan::Request request;
  request.goal = goal;
  request.target_minutes = minutes;
  return request;
}

std::shared_ptr<const plan::Plan> plan_of(const plan::Request& request, std::uint64_t seed = 1) {
  return std::make_shared<const plan::Plan>(plan::planned(request, seed));
}

/// The plan as it is when the listener has heard `earliest` hundredths of a second.
std::shared_ptr<const plan::Plan> steer(const std::shared_ptr<const plan::Plan>& plan,
                                        std::int64_t earliest, const plan::Steering& steering) {
  const plan::Change change{steering, plan->cut_after(earliest, steering)};
  REQUIRE(plan->check_change(change).ok());
  return std::make_shared<const plan::Plan>(plan::steered(*plan, change));
}

std::int64_t played_frames(const plan::Plan& plan, int rate) {
  const int last = plan.segment_count() - 1;
  for (int k = 0; k < last; ++k) {
    REQUIRE(plan.start_frame(k + 1, rate) > plan.start_frame(k, rate));
    REQUIRE(plan.overlap_out_frames(k, rate) > 0);
    REQUIRE(plan.overlap_out_frames(k, rate) ==
            plan.end_frame(k, rate) - plan.start_frame(k + 1, rate));
  }
  return plan.end_frame(last, rate);
}

plan::Steering to_intensity(plan::Intensity intensity) {
  plan::Steering steering;
  steering.intensity = intensity;
  return steering;
}

plan::Steering to_minutes(int minutes) {
  plan::Steering steering;
  steering.target_minutes = minutes;
  return steering;
}

}  // namespace

TEST_CASE("what was heard stays, and is made as it was planned") {
  const auto before = plan_of(request_of(30));
  const auto after = steer(before, 50'000, to_intensity(plan::Intensity::high));
  const int first = after->first_changed();
  REQUIRE(first == 5);  // segments of 120 s: 500 s lie in the fifth
  CHECK(after->change_count() == 1);
  for (int k = 0; k < first; ++k) {
    CHECK(after->start_frame(k, 48000) == before->start_frame(k, 48000));
    CHECK(after->brief(k, 48000).frames == before->brief(k, 48000).frames);
    CHECK(after->brief(k, 48000).intensity == plan::Intensity::medium);
    CHECK(after->request_of(k).intensity == plan::Intensity::medium);
  }
  CHECK(after->end_frame(first - 1, 48000) < before->end_frame(first - 1, 48000));
  for (int k = first; k < after->segment_count(); ++k) {
    CHECK(after->brief(k, 48000).intensity == plan::Intensity::high);
  }
  CHECK(after->brief(first, 48000).tempo_bpm >= 84.0);
  CHECK(played_frames(*after, 48000) == 30 * 60 * 48000);
}

TEST_CASE("a change comes on a bar line or a beat, within a second and a third") {
  for (const plan::Goal goal :
       {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep, plan::Goal::energize}) {
    const auto before = plan_of(request_of(20, goal), 7);
    const plan::Steering steering = to_intensity(plan::Intensity::low);
    for (std::int64_t earliest = 1000; earliest < 100'000; earliest += 777) {
      const std::int64_t cut = before->cut_after(earliest, steering);
      REQUIRE(cut >= earliest);
      REQUIRE(cut <= earliest + 130);
      const int heard = before->segment_at(cut * 480, 48000);
      const plan::Brief brief = before->brief(heard, 48000);
      std::int64_t bar = brief.first_bar;
      while (line_of(brief, bar + 1) <= cut) ++bar;
      const auto line = static_cast<double>(line_of(brief, bar));
      const double length = static_cast<double>(line_of(brief, bar + 1)) - line;
      const double eighths = 8.0 * (static_cast<double>(cut) - line) / length;
      REQUIRE(std::abs(eighths - std::round(eighths)) < 0.05);
    }
  }
}

TEST_CASE("the first segment after a change is short, so that it is there soon") {
  const auto after = steer(plan_of(request_of(60)), 100'000, to_intensity(plan::Intensity::low));
  const int first = after->first_changed();
  CHECK(after->length_seconds(first) < 50.0);
  CHECK(after->length_seconds(first + 1) > 80.0);
  CHECK(after->overlap_in_ms(first) == 1200);
}

TEST_CASE("another prompt brings its key, its tempo and its goal") {
  plan::Steering steering;
  steering.custom_prompt = "energetic techno in F# minor at 126 bpm";
  const auto after = steer(plan_of(request_of(20)), 30'000, steering);
  const plan::Brief brief = after->brief(after->first_changed(), 48000);
  CHECK(brief.goal == plan::Goal::custom_prompt);
  CHECK(brief.character == plan::Goal::energize);
  CHECK(brief.key == plan::Key{6, plan::Mode::aeolian});
  CHECK(brief.tempo_bpm == Approx(126.0).epsilon(0.01));
}

TEST_CASE("a mild change goes on with the same music") {
  plan::Steering steering;
  steering.divergence = 0.0;
  const auto before = plan_of(request_of(20));
  const auto after = steer(before, 30'000, steering);
  const plan::Brief old_brief = after->brief(after->first_changed() - 1, 48000);
  const plan::Brief new_brief = after->brief(after->first_changed(), 48000);
  CHECK(new_brief.drawn_at == old_brief.drawn_at);
  CHECK(new_brief.key == old_brief.key);
  CHECK(new_brief.bar_seconds == old_brief.bar_seconds);
}

TEST_CASE("a session is lengthened and shortened where nobody hears it") {
  const auto before = plan_of(request_of(30));
  for (const int minutes : {45, 31, 29, 12, 11}) {
    const auto after = steer(before, 60'000, to_minutes(minutes));
    CHECK(played_frames(*after, 44100) == std::int64_t{minutes} * 60 * 44100);
    CHECK(after->played_seconds() == minutes * 60.0);
    const int first = after->first_changed();
    if (minutes > 12) {  // from the next segment on, whose overlap stays
      CHECK(after->start_frame(first, 48000) == before->start_frame(first, 48000));
      CHECK(after->overlap_in_ms(first) >= 4000);
    }
    CHECK(after->brief(after->segment_count() - 1, 48000).ending_seconds > 0.0);
  }
}

TEST_CASE("a change that leaves no session is refused by its field") {
  const auto plan = plan_of(request_of(10));
  const auto refused = [&](std::int64_t from, const plan::Steering& steering) {
    return field_of(plan->check_change({steering, from}));
  };
  CHECK(refused(30'000, to_minutes(5)) == "target_minutes");
  CHECK(refused(30'000, to_minutes(2000)) == "target_minutes");
  CHECK(refused(59'950, to_intensity(plan::Intensity::low)) == "session");
  CHECK(refused(59'000, to_intensity(plan::Intensity::low)) == "session");
  CHECK(refused(59'000, to_minutes(12)).empty());
  CHECK(refused(30'000, to_minutes(6)).empty());
  plan::Steering blank;
  blank.custom_prompt = " ";
  CHECK(refused(30'000, blank) == "custom_prompt");
  plan::Steering wild;
  wild.divergence = 1.5;
  CHECK(refused(30'000, wild) == "divergence");
}

TEST_CASE("changes add up, also quickly one after the other") {
  auto plan = plan_of(request_of(20));
  for (int n = 0; n < 12; ++n) {
    plan = steer(plan, 20'000 + 70 * n,
                 to_intensity(n % 2 == 0 ? plan::Intensity::high : plan::Intensity::low));
    CHECK(played_frames(*plan, 48000) == 20 * 60 * 48000);
  }
  CHECK(plan->change_count() == 12);
  CHECK(plan->request().intensity == plan::Intensity::low);
}

TEST_CASE("phases go on where they were when work is steered") {
  plan::Request request = request_of(60);
  request.work_minutes = 10;
  request.break_minutes = 5;
  const auto before = plan_of(request);
  for (const std::int64_t heard : {20'000, 59'000, 65'000, 88'500, 150'000}) {
    const auto after = steer(before, heard, to_intensity(plan::Intensity::high));
    CHECK(played_frames(*after, 48000) == 60 * 60 * 48000);
    for (int k = after->first_changed() + 1; k < after->segment_count(); ++k) {
      const double middle = after->start_seconds(k) + 0.5 * after->length_seconds(k);
      const bool work = std::fmod(middle, 900.0) < 600.0;
      CHECK((after->phase(k) == plan::Phase::work) == work);
    }
  }
}

TEST_CASE("before anything is heard a change is as if it was asked for at once") {
  const auto plan = plan_of(request_of(10));
  const plan::Change change{to_intensity(plan::Intensity::high), 0};
  REQUIRE(plan->check_change(change).ok());
  const plan::Plan after = plan::steered(*plan, change);
  CHECK(after.first_changed() == 0);
  CHECK(after.start_frame(0, 48000) == 0);
  CHECK(after.overlap_in_ms(0) == 0);
  CHECK(after.brief(0, 48000).intensity == plan::Intensity::high);
  CHECK(after.brief(0, 48000).tempo_bpm >= 84.0);
}
