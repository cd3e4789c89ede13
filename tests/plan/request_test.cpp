// SPDX-License-Identifier: MIT
#include "plan/request.h"

#include <functional>
#include <limits>

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;

namespace {

plan::Request valid_request() {
  plan::Request request;
  request.target_minutes = 60;
  return request;
}

}  // namespace

TEST_CASE("the defaults are the contract's") {
  const plan::Request request = valid_request();
  CHECK(validate(request).ok());
  CHECK(request.intensity == plan::Intensity::medium);
  CHECK(request.divergence == 0.0);
  CHECK(plan::default_target_lufs(plan::Goal::focus) == -18.0);
  CHECK(plan::default_target_lufs(plan::Goal::relax) == -20.0);
  CHECK(plan::default_target_lufs(plan::Goal::sleep) == -23.0);
  CHECK(plan::default_target_lufs(plan::Goal::energize) == -16.0);
  CHECK(plan::default_target_lufs(plan::Goal::custom_prompt) == -18.0);
}

TEST_CASE("every bad field is refused by its name") {
  struct Case {
    std::string field;
    std::function<void(plan::Request&)> spoil;
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Case> cases = {
      {"target_minutes", [](plan::Request& r) { r.target_minutes = 0; }},
      {"target_minutes", [](plan::Request& r) { r.target_minutes = -5; }},
      {"target_minutes", [](plan::Request& r) { r.target_minutes = 1441; }},
      {"divergence", [](plan::Request& r) { r.divergence = -0.01; }},
      {"divergence", [](plan::Request& r) { r.divergence = 1.01; }},
      {"divergence", [=](plan::Request& r) { r.divergence = nan; }},
      {"custom_prompt", [](plan::Request& r) { r.goal = plan::Goal::custom_prompt; }},
      {"custom_prompt",
       [](plan::Request& r) {
         r.goal = plan::Goal::custom_prompt;
         r.custom_prompt = " \t\n";
       }},
      {"custom_prompt", [](plan::Request& r) { r.custom_prompt = "\xC0\xAF"; }},
      {"custom_prompt", [](plan::Request& r) { r.custom_prompt = std::string("rain\0", 5); }},
      {"custom_prompt", [](plan::Request& r) { r.custom_prompt = std::string(70'000, 'x'); }},
      {"target_lufs", [](plan::Request& r) { r.target_lufs = -40.1; }},
      {"target_lufs", [](plan::Request& r) { r.target_lufs = -7.9; }},
      {"target_lufs", [=](plan::Request& r) { r.target_lufs = nan; }},
      {"sample_rate", [](plan::Request& r) { r.sample_rate = 7999; }},
      {"sample_rate", [](plan::Request& r) { r.sample_rate = 192001; }},
      {"segment_seconds", [](plan::Request& r) { r.segment_seconds = 19.9; }},
      {"segment_seconds", [](plan::Request& r) { r.segment_seconds = 601.0; }},
      {"look_ahead", [](plan::Request& r) { r.look_ahead = -1; }},
      {"modulation_depth", [](plan::Request& r) { r.modulation_depth = -0.1; }},
      {"modulation_depth", [](plan::Request& r) { r.modulation_depth = 1.1; }},
      {"modulation_depth", [=](plan::Request& r) { r.modulation_depth = nan; }},
      {"modulation_depth",
       [](plan::Request& r) {
         r.goal = plan::Goal::sleep;
         r.modulation_depth = 0.5;
       }},
      {"melody_db", [](plan::Request& r) { r.stem_db[2] = 12.1; }},
      {"ambience_db", [](plan::Request& r) { r.stem_db[4] = -60.1; }},
      {"bass_db", [=](plan::Request& r) { r.stem_db[1] = nan; }},
      {"pads_db", [](plan::Request& r) { r.stem_db.fill(plan::kStemOff); }},
      {"work_minutes", [](plan::Request& r) { r.break_minutes = 5; }},
      {"break_minutes", [](plan::Request& r) { r.work_minutes = 25; }},
      {"work_minutes",
       [](plan::Request& r) {
         r.work_minutes = 4;
         r.break_minutes = 5;
       }},
      {"break_minutes",
       [](plan::Request& r) {
         r.work_minutes = 25;
         r.break_minutes = 61;
       }},
      {"work_minutes",
       [](plan::Request& r) {
         r.goal = plan::Goal::relax;
         r.work_minutes = 25;
         r.break_minutes = 5;
       }},
      {"ending_seconds", [](plan::Request& r) { r.ending_seconds = 0.9; }},
      {"ending_seconds", [](plan::Request& r) { r.ending_seconds = -1.0; }},
      {"ending_seconds", [](plan::Request& r) { r.ending_seconds = 3601.0; }},
      {"ending_seconds", [=](plan::Request& r) { r.ending_seconds = nan; }},
      {"ending_seconds",
       [](plan::Request& r) {
         r.target_minutes = 1;
         r.ending_seconds = 30.5;
       }},
      {"tempo_bpm", [](plan::Request& r) { r.tempo_bpm = 29.9; }},
      {"tempo_bpm", [](plan::Request& r) { r.tempo_bpm = 240.1; }},
      {"tempo_bpm", [](plan::Request& r) { r.tempo_bpm = -60.0; }},
      {"tempo_bpm", [=](plan::Request& r) { r.tempo_bpm = nan; }},
      {"sample_rate",
       [](plan::Request& r) {
         r.format = audio::AudioFormat::opus;
         r.sample_rate = 44100;
       }},
  };
  for (const Case& bad : cases) {
    plan::Request request = valid_request();
    bad.spoil(request);
    const absl::Status status = validate(request);
    CAPTURE(bad.field, status.message());
    CHECK(has_fault(status, Fault::argument));
    CHECK(field_of(status) == bad.field);
  }
}

TEST_CASE("bounds themselves are allowed") {
  plan::Request request = valid_request();
  request.target_minutes = 1440;
  request.divergence = 1.0;
  request.target_lufs = -8.0;
  request.sample_rate = 192000;
  request.look_ahead = 0;
  CHECK(validate(request).ok());
  request.target_minutes = 1;
  request.divergence = 0.0;
  request.target_lufs = -40.0;
  request.sample_rate = 8000;
  CHECK(validate(request).ok());
}

TEST_CASE("a prompt with another goal is accepted and ignored") {
  plan::Request request = valid_request();
  request.custom_prompt = "  ";
  CHECK(validate(request).ok());
}

TEST_CASE("names and values are each other's inverse") {
  for (const plan::Goal goal : {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep,
                                plan::Goal::energize, plan::Goal::custom_prompt}) {
    CHECK(plan::goal_named(name_of(goal)) == goal);
  }
  for (const plan::Intensity intensity :
       {plan::Intensity::low, plan::Intensity::medium, plan::Intensity::high}) {
    CHECK(plan::intensity_named(name_of(intensity)) == intensity);
  }
  CHECK_FALSE(plan::goal_named("Focus").has_value());
  CHECK_FALSE(plan::intensity_named("").has_value());
}
