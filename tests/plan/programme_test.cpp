// SPDX-License-Identifier: MIT
#include "plan/programme.h"

#include <string>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "plan/plan_support.h"
#include "plan/planner.h"

using namespace focus::core;
using plan::Scene;

namespace {

plan::SceneProgramme night() {
  plan::SceneProgramme programme;
  programme.opening = plan::read_scenes("fan").value();
  programme.steps =
      plan::read_programme("60: train; 180/10: sea=-3, wind=-9; 420/30 +6: birds; 470 -3:").value();
  return programme;
}

std::string text_at(const plan::SceneProgramme& programme, double minute) {
  const plan::SceneBlend blend = programme.at(60.0 * minute);
  return plan::text_of(*blend.before) + " > " + plan::text_of(*blend.after);
}

plan::Request request_with(const std::string& scenes, const std::string& programme) {
  plan::Request request;
  request.target_minutes = 60;
  request.scenes = scenes;
  request.programme = programme;
  return request;
}

}  // namespace

TEST_CASE("an entry has a minute, a fade, a level and scenes", "[programme]") {
  const auto steps = plan::read_programme("0: train; 180/10: sea=-3, wind; 420/30 +6: birds");
  REQUIRE(steps.ok());
  REQUIRE(steps->size() == 3);
  CHECK((*steps)[0].from_seconds == 0.0);
  CHECK((*steps)[0].fade_seconds == 0.0);
  CHECK((*steps)[1].from_seconds == 10'800.0);
  CHECK((*steps)[1].fade_seconds == 600.0);
  CHECK((*steps)[1].level_db == 0.0);
  CHECK((*steps)[1].scenes.size() == 2);
  CHECK((*steps)[2].fade_seconds == 1800.0);
  CHECK((*steps)[2].level_db == 6.0);
  CHECK(*plan::read_programme(plan::text_of(*steps)) == *steps);
  CHECK(plan::read_programme("")->empty());
  CHECK(plan::read_programme(" ; ")->empty());
}

TEST_CASE("a fade that is not given takes a minute, or what there is", "[programme]") {
  const auto steps = plan::read_programme("1: sea; 1.5: rain; 5: fire").value();
  CHECK(steps[0].fade_seconds == 30.0);
  CHECK(steps[1].fade_seconds == 60.0);
  CHECK(steps[2].fade_seconds == 60.0);
}

TEST_CASE("what is wrong with a programme is told by its own name", "[programme]") {
  std::string many;
  for (int n = 0; n <= 100; ++n) many += std::to_string(n) + ": rain;";
  for (const std::string& text :
       {std::string("rain"), std::string("x: rain"), std::string("-1: rain"),
        std::string("1441: rain"), std::string("1/300: rain"), std::string("1 13: rain"),
        std::string("1: rian"), std::string("5: rain; 5: sea"), std::string("5: rain; 4: sea"),
        std::string("5/10: rain; 10: sea"), std::string("nan: rain"), many,
        std::string(20'001, ' ')}) {
    CAPTURE(text.substr(0, 40));
    const absl::Status status = plan::read_programme(text).status();
    CHECK(field_of(status) == "programme");
    CHECK(std::string(status.message().data(), status.message().size()).find("scenes:") ==
          std::string::npos);
  }
}

TEST_CASE("one mix fades to the next", "[programme]") {
  const plan::SceneProgramme programme = night();
  CHECK(text_at(programme, 0) == "fan=0 > fan=0");
  CHECK(text_at(programme, 60.5) == "fan=0 > train=0");
  CHECK(programme.at(60.0 * 60.5).share == Approx(0.5));
  CHECK(text_at(programme, 61) == "train=0 > train=0");
  CHECK(text_at(programme, 185) == "train=0 > sea=-3, wind=-9");
  CHECK(programme.at(60.0 * 185).share == Approx(0.5));
  CHECK(text_at(programme, 1000) == "birds=0 > birds=0");  // an entry without scenes keeps them
}

TEST_CASE("the level goes over to that of the next entry", "[programme]") {
  const plan::SceneProgramme programme = night();
  CHECK(programme.level_db(0.0) == 0.0);
  CHECK(programme.level_db(60.0 * 419) == 0.0);
  CHECK(programme.level_db(60.0 * 435) == Approx(3.0));
  CHECK(programme.level_db(60.0 * 460) == Approx(6.0));
  CHECK(programme.level_db(60.0 * 480) == Approx(-3.0));
  CHECK(programme.mean_level_db(0.0, 600.0) == 0.0);
  const double rising = programme.mean_level_db(60.0 * 434, 60.0 * 436);
  CHECK(rising == Approx(3.0).margin(0.05));
}

TEST_CASE("a segment is told the scenes, and its loudness follows the programme", "[programme]") {
  const plan::Plan plan = plan::planned(request_with("rain=-12", "30/10 -6: sea"), 5);
  const plan::Plan plain = plan::planned(request_with("", ""), 5);
  REQUIRE(plan.segment_count() == plain.segment_count());
  for (int k = 0; k < plan.segment_count(); ++k) {
    CAPTURE(k);
    const double asked = plan.target_lufs(k) - plain.target_lufs(k);
    if (plan.start_seconds(k) + 130 < 1800) CHECK(asked == 0.0);
    if (plan.start_seconds(k) > 2400) CHECK(asked == Approx(-6.0).margin(1e-9));
    CHECK(plan.brief(k, 48000).scenes.opening == plan::read_scenes("rain=-12").value());
    CHECK(plan.segment(k).start == plain.segment(k).start);
  }
}

TEST_CASE("steered scenes take the place of those that are heard, not of later ones",
          "[programme]") {
  const plan::Plan before = plan::planned(request_with("rain", "10 -3: sea; 40: birds"), 5);
  plan::Steering steering;
  steering.scenes = "fire=-6";
  const plan::Plan after =
      plan::steered(before, {steering, before.cut_after(60'000 + 30'000, steering)});
  const plan::SceneProgramme programme = plan::programme_of(after.request());
  CHECK(text_at(programme, 16) == "fire=-6 > fire=-6");
  CHECK(programme.level_db(60.0 * 16) == -3.0);
  CHECK(text_at(programme, 42) == "birds=0 > birds=0");
  // The notes stay as they are.
  CHECK(after.brief(0, 48000) == before.brief(0, 48000));
  const int last = after.segment_count() - 1;
  CHECK(after.brief(last, 48000).first_bar ==
        before.brief(before.segment_count() - 1, 48000).first_bar);
}

TEST_CASE("steering can take the scenes away", "[programme]") {
  const plan::Plan before = plan::planned(request_with("rain", ""), 5);
  plan::Steering steering;
  steering.scenes = "";
  CHECK_FALSE(steering.empty());
  const plan::Plan after = plan::steered(before, {steering, before.cut_after(60'000, steering)});
  CHECK_FALSE(plan::programme_of(after.request()).names_scenes());
}
