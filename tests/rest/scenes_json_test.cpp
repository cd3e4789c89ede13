// SPDX-License-Identifier: MIT
#include "rest/scenes_json.h"

#include <string>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "rest/request_json.h"

using namespace focus::core;

namespace {

absl::StatusOr<plan::Request> start_with(const std::string& options) {
  return rest::read_start(R"({"goal":"sleep","target_minutes":480,"options":{)" + options + "}}");
}

std::string field_of_start(const std::string& options) {
  return field_of(start_with(options).status());
}

}  // namespace

TEST_CASE("scenes may be a text or an object of levels", "[scenes_json]") {
  CHECK(start_with(R"("scenes":"rain=-3, fire")")->scenes == "rain=-3, fire");
  CHECK(start_with(R"("scenes":{"rain":-3,"fire":0})")->scenes == "rain=-3, fire=0");
  CHECK(
      start_with(R"("scenes":{"binaural":{"level_db":-9,"beat_hz":6,"carrier_hz":220}})")->scenes ==
      "binaural:6/220=-9");
  CHECK(start_with(R"("scenes":{"pink":{}})")->scenes == "pink");
  CHECK(start_with(R"("scenes":{})")->scenes.empty());
}

TEST_CASE("a programme may be a text or a list of entries", "[scenes_json]") {
  CHECK(start_with(R"("programme":"0: train; 180/10: sea")")->programme == "0: train; 180/10: sea");
  CHECK(start_with(R"("programme":[{"from_minute":0,"scenes":"train"},
                      {"from_minute":180,"fade_minutes":10,"scenes":{"sea":0,"wind":-9}},
                      {"from_minute":420.5,"fade_minutes":30,"level_db":6}])")
            ->programme == "0: train; 180/10: sea=0, wind=-9; 420.5/30 6: ");
  CHECK(start_with(R"("programme":[])")->programme.empty());
}

TEST_CASE("what is wrong with scenes and programmes is named", "[scenes_json]") {
  CHECK(field_of_start(R"("scenes":3)") == "options.scenes");
  CHECK(field_of_start(R"("scenes":"rian")") == "options.scenes");
  CHECK(field_of_start(R"("scenes":{"rian":0})") == "options.scenes");
  CHECK(field_of_start(R"("scenes":{"rain, sea":0})") == "options.scenes.rain, sea");
  CHECK(field_of_start(R"("scenes":{"rain":"loud"})") == "options.scenes.rain");
  CHECK(field_of_start(R"("scenes":{"rain":13})") == "options.scenes");
  CHECK(field_of_start(R"("scenes":{"pink":{"beat_hz":4}})") == "options.scenes");
  CHECK(field_of_start(R"("scenes":{"pink":{"level":4}})") == "options.scenes.pink.level");
  CHECK(field_of_start(R"("programme":{"0":"rain"})") == "options.programme");
  CHECK(field_of_start(R"("programme":[1])") == "options.programme[0]");
  CHECK(field_of_start(R"("programme":[{"scenes":"rain"}])") == "options.programme[0].from_minute");
  CHECK(field_of_start(R"("programme":[{"from_minute":2,"scenes":"rain"},
                                       {"from_minute":1,"scenes":"sea"}])") == "options.programme");
  CHECK(field_of_start(R"("programme":[{"from_minute":2,"until":3}])") ==
        "options.programme[0].until");
}

TEST_CASE("scenes may be steered, also to none", "[scenes_json]") {
  CHECK(rest::read_steering(R"({"scenes":{"rain":-6}})")->steering.scenes == "rain=-6");
  CHECK(rest::read_steering(R"({"scenes":""})")->steering.scenes == "");
  CHECK_FALSE(rest::read_steering(R"({"pads_db":-6})")->steering.scenes.has_value());
  CHECK(field_of(rest::read_steering(R"({"scenes":[]})").status()) == "scenes");
}
