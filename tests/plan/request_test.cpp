// SPDX-License-Identifier: MIT
#include "plan/request.h"

#include <functional>
#include <limits>

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace focus::core;

namespace {

Request valid_request() {
  Request request;
  request.target_minutes = 60;
  return request;
}

}  // namespace

TEST_CASE("the defaults are the contract's") {
  const Request request = valid_request();
  CHECK(validate(request).ok());
  CHECK(request.intensity == Intensity::medium);
  CHECK(request.divergence == 0.0);
  CHECK(default_target_lufs(Goal::focus) == -18.0);
  CHECK(default_target_lufs(Goal::relax) == -20.0);
  CHECK(default_target_lufs(Goal::sleep) == -23.0);
  CHECK(default_target_lufs(Goal::energize) == -16.0);
  CHECK(default_target_lufs(Goal::custom_prompt) == -18.0);
}

TEST_CASE("every bad field is refused by its name") {
  struct Case {
    std::string field;
    std::function<void(Request&)> spoil;
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Case> cases = {
      {"target_minutes", [](Request& r) { r.target_minutes = 0; }},
      {"target_minutes", [](Request& r) { r.target_minutes = -5; }},
      {"target_minutes", [](Request& r) { r.target_minutes = 1441; }},
      {"divergence", [](Request& r) { r.divergence = -0.01; }},
      {"divergence", [](Request& r) { r.divergence = 1.01; }},
      {"divergence", [=](Request& r) { r.divergence = nan; }},
      {"custom_prompt", [](Request& r) { r.goal = Goal::custom_prompt; }},
      {"custom_prompt",
       [](Request& r) {
         r.goal = Goal::custom_prompt;
         r.custom_prompt = " \t\n";
       }},
      {"custom_prompt", [](Request& r) { r.custom_prompt = "\xC0\xAF"; }},
      {"custom_prompt", [](Request& r) { r.custom_prompt = std::string(70'000, 'x'); }},
      {"target_lufs", [](Request& r) { r.target_lufs = -40.1; }},
      {"target_lufs", [](Request& r) { r.target_lufs = -7.9; }},
      {"target_lufs", [=](Request& r) { r.target_lufs = nan; }},
      {"sample_rate", [](Request& r) { r.sample_rate = 7999; }},
      {"sample_rate", [](Request& r) { r.sample_rate = 192001; }},
      {"segment_seconds", [](Request& r) { r.segment_seconds = 19.9; }},
      {"segment_seconds", [](Request& r) { r.segment_seconds = 601.0; }},
      {"look_ahead", [](Request& r) { r.look_ahead = -1; }},
      {"modulation_depth", [](Request& r) { r.modulation_depth = -0.1; }},
      {"modulation_depth", [](Request& r) { r.modulation_depth = 1.1; }},
      {"modulation_depth", [=](Request& r) { r.modulation_depth = nan; }},
      {"modulation_depth",
       [](Request& r) {
         r.goal = Goal::sleep;
         r.modulation_depth = 0.5;
       }},
      {"melody_db", [](Request& r) { r.stem_db[2] = 12.1; }},
      {"ambience_db", [](Request& r) { r.stem_db[4] = -60.1; }},
      {"bass_db", [=](Request& r) { r.stem_db[1] = nan; }},
      {"pads_db", [](Request& r) { r.stem_db.fill(kStemOff); }},
      {"work_minutes", [](Request& r) { r.break_minutes = 5; }},
      {"break_minutes", [](Request& r) { r.work_minutes = 25; }},
      {"work_minutes",
       [](Request& r) {
         r.work_minutes = 4;
         r.break_minutes = 5;
       }},
      {"break_minutes",
       [](Request& r) {
         r.work_minutes = 25;
         r.break_minutes = 61;
       }},
      {"work_minutes",
       [](Request& r) {
         r.goal = Goal::relax;
         r.work_minutes = 25;
         r.break_minutes = 5;
       }},
      {"ending_seconds", [](Request& r) { r.ending_seconds = 0.9; }},
      {"ending_seconds", [](Request& r) { r.ending_seconds = -1.0; }},
      {"ending_seconds", [](Request& r) { r.ending_seconds = 3601.0; }},
      {"ending_seconds", [=](Request& r) { r.ending_seconds = nan; }},
      {"ending_seconds",
       [](Request& r) {
         r.target_minutes = 1;
         r.ending_seconds = 30.5;
       }},
      {"tempo_bpm", [](Request& r) { r.tempo_bpm = 29.9; }},
      {"tempo_bpm", [](Request& r) { r.tempo_bpm = 240.1; }},
      {"tempo_bpm", [](Request& r) { r.tempo_bpm = -60.0; }},
      {"tempo_bpm", [=](Request& r) { r.tempo_bpm = nan; }},
      {"sample_rate",
       [](Request& r) {
         r.format = AudioFormat::opus;
         r.sample_rate = 44100;
       }},
  };
  for (const Case& bad : cases) {
    Request request = valid_request();
    bad.spoil(request);
    const absl::Status status = validate(request);
    CAPTURE(bad.field, status.message());
    CHECK(has_fault(status, Fault::argument));
    CHECK(field_of(status) == bad.field);
  }
}

TEST_CASE("bounds themselves are allowed") {
  Request request = valid_request();
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
  Request request = valid_request();
  request.custom_prompt = "  ";
  CHECK(validate(request).ok());
}

TEST_CASE("names and values are each other's inverse") {
  for (const Goal goal :
       {Goal::focus, Goal::relax, Goal::sleep, Goal::energize, Goal::custom_prompt}) {
    CHECK(goal_named(name_of(goal)) == goal);
  }
  for (const Intensity intensity : {Intensity::low, Intensity::medium, Intensity::high}) {
    CHECK(intensity_named(name_of(intensity)) == intensity);
  }
  CHECK_FALSE(goal_named("Focus").has_value());
  CHECK_FALSE(intensity_named("").has_value());
}
