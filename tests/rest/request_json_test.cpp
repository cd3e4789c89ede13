// SPDX-License-Identifier: MIT
#include "rest/request_json.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "plan/request_fields.h"

using namespace focus::core;

namespace {

std::string field_of_start(const std::string& body) {
  return field_of(rest::read_start(body).status());
}

/// The least that is right, with one more member.
std::string with(const std::string& member) {
  return R"({"goal":"focus","target_minutes":60,)" + member + "}";
}

}  // namespace

TEST_CASE("the specification's request is read", "[request_json]") {
  const auto request = rest::read_start(
      R"({"goal":"focus","target_minutes":60,"intensity":"medium","divergence":0.3})");
  REQUIRE(request.ok());
  CHECK(request->goal == plan::Goal::focus);
  CHECK(request->target_minutes == 60);
  CHECK(request->intensity == plan::Intensity::medium);
  CHECK(request->divergence == 0.3);
  CHECK(request->engine.empty());
  CHECK_FALSE(request->seed);
}

TEST_CASE("defaults are the specification's", "[request_json]") {
  const auto request = rest::read_start(R"({"goal":"sleep","target_minutes":480})");
  REQUIRE(request.ok());
  CHECK(request->intensity == plan::Intensity::medium);
  CHECK(request->divergence == 0.0);
}

TEST_CASE("every option is read", "[request_json]") {
  const auto request = rest::read_start(with(
      R"("options":{"seed":7,"target_lufs":-20,"format":"opus","sample_rate":48000,
      "segment_seconds":60,"look_ahead":2,"fallback":"studio","fallback_after_seconds":30,
      "modulation_depth":0.5,"pads_db":-3,"bass_db":1,"melody_db":-60,"percussion_db":2,"ambience_db":3,"work_minutes":25,
      "break_minutes":5,"ending_seconds":30,"tempo_bpm":72.5})"));
  REQUIRE(request.ok());
  CHECK(request->seed == 7);
  CHECK(request->target_lufs == -20.0);
  CHECK(request->format == audio::AudioFormat::opus);
  CHECK(request->segment_seconds == 60.0);
  CHECK(request->look_ahead == 2);
  CHECK(request->fallback == "studio");
  CHECK(request->fallback_after_seconds == 30.0);
  CHECK(request->stem_db == std::array<double, plan::kStemCount>{-3, 1, -60, 2, 3});
  CHECK(request->break_minutes == 5);
  CHECK(request->ending_seconds == 30.0);
  CHECK(request->tempo_bpm == 72.5);
}

TEST_CASE("each fault is named by its field", "[request_json]") {
  CHECK(field_of_start(R"({"target_minutes":60})") == "goal");
  CHECK(field_of_start(R"({"goal":"focus"})") == "target_minutes");
  CHECK(field_of_start(R"({"goal":"Focus","target_minutes":60})") == "goal");
  CHECK(field_of_start(R"({"goal":null,"target_minutes":60})") == "goal");
  CHECK(field_of_start(R"({"goal":"focus","target_minutes":0})") == "target_minutes");
  CHECK(field_of_start(R"({"goal":"focus","target_minutes":1441})") == "target_minutes");
  CHECK(field_of_start(R"({"goal":"focus","target_minutes":-5})") == "target_minutes");
  CHECK(field_of_start(R"({"goal":"focus","target_minutes":"60"})") == "target_minutes");
  CHECK(field_of_start(with(R"("intensity":"extreme")")) == "intensity");
  CHECK(field_of_start(with(R"("divergence":1.01)")) == "divergence");
  CHECK(field_of_start(with(R"("divergence":"0.3")")) == "divergence");
  CHECK(field_of_start(with(R"("engine":"")")) == "engine");
  CHECK(field_of_start(with(R"("engine":null)")) == "engine");
  CHECK(field_of_start(with(R"("minutes":60)")) == "minutes");
  CHECK(field_of_start(with(R"("options":[])")) == "options");
  CHECK(field_of_start(with(R"("options":{"sead":1})")) == "options.sead");
  CHECK(field_of_start(with(R"("options":{"seed":-1})")) == "options.seed");
  CHECK(field_of_start(with(R"("options":{"target_lufs":0})")) == "options.target_lufs");
  CHECK(field_of_start(with(R"("options":{"format":"mp3"})")) == "options.format");
  CHECK(field_of_start(with(R"("options":{"look_ahead":-1})")) == "options.look_ahead");
  CHECK(field_of_start(with(R"("options":{"fallback":""})")) == "options.fallback");
  CHECK(field_of_start(with(R"("options":{"fallback_after_seconds":0.05})")) ==
        "options.fallback_after_seconds");
  CHECK(field_of_start(with(R"("options":{"work_minutes":1})")) == "options.work_minutes");
  CHECK(field_of_start(with(R"("options":{"tempo_bpm":29})")) == "options.tempo_bpm");
  CHECK(field_of_start(with(R"("options":{"tempo_bpm":"fast"})")) == "options.tempo_bpm");
  CHECK(field_of_start(with(R"("tempo_bpm":60)")) == "tempo_bpm");
}

TEST_CASE("a prompt is required by its goal, and ignored by every other", "[request_json]") {
  const auto missing = rest::read_start(R"({"goal":"custom_prompt","target_minutes":60})");
  CHECK(field_of(missing.status()) == "custom_prompt");
  CHECK(missing.status().message() == "custom_prompt is required when goal is custom_prompt");
  CHECK(field_of_start(R"({"goal":"custom_prompt","target_minutes":60,"custom_prompt":" "})") ==
        "custom_prompt");
  CHECK(field_of_start(with(R"("custom_prompt":"rain")")) == "");
  CHECK(field_of_start(with(R"("custom_prompt":" ")")) == "");
}

TEST_CASE("a request that is written reads as the same request", "[request_json]") {
  const std::string bodies[] = {
      R"({"goal":"sleep","target_minutes":480})",
      R"({"goal":"custom_prompt","target_minutes":7,"custom_prompt":"Regen \"Zürich\"\n70 bpm",
          "intensity":"low","divergence":0.1234567890123,"engine":"studio","options":{
          "seed":18446744073709551615,"target_lufs":-20.25,"format":"flac24","sample_rate":44100,
          "segment_seconds":33.3,"look_ahead":0,"fallback":"tone","fallback_after_seconds":0.1,
          "modulation_depth":0.7,"pads_db":-3,"bass_db":1e-3,"melody_db":-60,"percussion_db":2,
          "ambience_db":3,"work_minutes":25,"break_minutes":5,"ending_seconds":30.123456,
          "tempo_bpm":72.123456789}})"};
  for (const std::string& body : bodies) {
    const auto first = rest::read_start(body);
    REQUIRE(first.ok());
    rest::JsonText text;
    rest::write_request(text.writer(), *first);
    CAPTURE(text.take());
    const auto again = rest::read_start(text.take());
    REQUIRE(again.ok());
    for (const plan::RequestField& field : plan::request_fields()) {
      CAPTURE(field.name);
      visit_value(field, *first, [&]<typename Value>(const Value& value) {
        CHECK(visit_value(field, *again, [&]<typename Other>(const Other& other) {
          if constexpr (std::same_as<Other, Value>) return other == value;
          return false;
        }));
      });
    }
  }
}

TEST_CASE("an error about a path or a member of the body is not one about an option",
          "[request_json]") {
  CHECK(field_of(rest::as_in_body(invalid_field("tempo_bpm", "no"))) == "options.tempo_bpm");
  CHECK(field_of(rest::as_in_body(invalid_field("goal", "no"))) == "goal");
  CHECK(field_of(rest::as_in_body(invalid_field("catalogue.sqlite", "no"))) == "catalogue.sqlite");
}

TEST_CASE("the levels of layers are read, each by its name", "[request_json]") {
  const auto body = rest::read_steering(R"({"pads_db":-6,"percussion_db":0})");
  REQUIRE(body.ok());
  CHECK(body->steering.changes_levels_alone());
  CHECK(body->steering.stem_db ==
        std::array<std::optional<double>, plan::kStemCount>{{-6.0, {}, {}, 0.0, {}}});
  CHECK(field_of(rest::read_steering(R"({"pads_db":"off"})").status()) == "pads_db");
}

TEST_CASE("steering is read, and a misspelt member of it refused", "[request_json]") {
  const auto body = rest::read_steering(R"({"goal":"relax","divergence":0.5,"at_seconds":30})");
  REQUIRE(body.ok());
  CHECK(body->steering.goal == plan::Goal::relax);
  CHECK(body->steering.divergence == 0.5);
  CHECK(body->at_seconds == 30.0);
  CHECK_FALSE(body->steering.intensity);
  CHECK_FALSE(body->steering.changes_levels());
  CHECK(field_of(rest::read_steering(R"({"gaol":"relax"})").status()) == "gaol");
  CHECK(field_of(rest::read_steering(R"({"goal":"relax","at_seconds":-1})").status()) ==
        "at_seconds");
  CHECK(field_of(rest::read_steering(R"({"goal":"relax","custom_prompt":"rain"})").status()) ==
        "custom_prompt");
}

TEST_CASE("the body of a promotion may be empty or have a title", "[request_json]") {
  CHECK(*rest::read_title("") == "");
  CHECK(*rest::read_title("{}") == "");
  CHECK(*rest::read_title(R"({"title":"Evening"})") == "Evening");
  CHECK(field_of(rest::read_title(R"({"title":7})").status()) == "title");
  CHECK(field_of(rest::read_title(R"({"name":"a"})").status()) == "name");
}
