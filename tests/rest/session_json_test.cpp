// SPDX-License-Identifier: MIT
#include "rest/session_json.h"

#include <limits>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "plan/planner.h"

using namespace focus::core;

namespace {

session::SessionView view_of(int minutes, int ready, std::string prompt = "") {
  session::SessionView view;
  view.record.id = "mfocus_7c2a9f4e1b8d";
  view.record.request.target_minutes = minutes;
  view.record.request.engine = "studio";
  if (!prompt.empty()) view.record.request.goal = plan::Goal::custom_prompt;
  view.record.request.custom_prompt = std::move(prompt);
  view.plan = std::make_shared<const plan::Plan>(plan::planned(view.record.request, 1));
  view.segments.resize(static_cast<std::size_t>(view.plan->segment_count()));
  view.ready_count = ready;
  for (int k = 0; k < ready; ++k) {
    store::SegmentRecord record;
    record.index = k;
    record.engine = "studio";
    record.frames = view.plan->brief(k, 48000).frames;
    record.mastering.integrated_lufs = -18.0004;
    view.segments[static_cast<std::size_t>(k)] =
        std::make_shared<const store::SegmentRecord>(record);
  }
  view.next_ready_at = 1'782'642'620;
  return view;
}

rapidjson::Document parse(const session::SessionView& view, bool analysis) {
  rest::SessionJsonOptions options;
  options.include_analysis = analysis;
  options.playback_url = [](const store::SegmentRecord& segment) {
    return "u/" + std::to_string(segment.index) + "\"\n";
  };
  rapidjson::Document document;
  document.Parse(rest::session_json(view, options).c_str());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::vector<std::string> keys_of(const rapidjson::Value& object) {
  std::vector<std::string> keys;
  for (const auto& member : object.GetObject()) keys.emplace_back(member.name.GetString());
  return keys;
}

}  // namespace

TEST_CASE("the keys are exactly the specification's, in its order") {
  const auto session = parse(view_of(60, 2), false);
  CHECK(keys_of(session) == std::vector<std::string>{"session_id", "status", "goal", "engine",
                                                     "target_minutes", "total_segments",
                                                     "ready_count", "segments", "more_pending",
                                                     "next_ready_at"});
  CHECK(keys_of(session["segments"][0]) ==
        std::vector<std::string>{"segment_index", "playback_url", "measured_duration_seconds",
                                 "target_lufs", "fade_in_ms", "fade_out_ms"});
}

TEST_CASE("values have the specification's types") {
  const auto session = parse(view_of(60, 2), false);
  CHECK(session["session_id"] == "mfocus_7c2a9f4e1b8d");
  CHECK(session["status"] == "active");
  CHECK(session["goal"] == "focus");
  CHECK(session["target_minutes"].GetInt() == 60);
  CHECK(session["total_segments"].GetInt() == 30);
  CHECK(session["ready_count"].GetInt() == 2);
  CHECK(session["more_pending"].GetBool());
  CHECK(session["next_ready_at"] == "2026-06-28T10:30:20Z");
  const auto& segments = session["segments"];
  CHECK(segments.Size() == 2);
  CHECK(segments[1]["playback_url"] == "u/1\"\n");
  CHECK(segments[0]["target_lufs"].GetDouble() == view_of(60, 2).plan->target_lufs(0));
  CHECK(segments[0]["fade_in_ms"].GetInt() == 0);
  CHECK(segments[0]["fade_out_ms"].GetInt() == segments[1]["fade_in_ms"].GetInt());
  CHECK(segments[0]["fade_out_ms"].GetInt() >= 4000);
}

TEST_CASE("nothing pending is null") {
  session::SessionView view = view_of(2, 1);
  view.status = session::SessionStatus::ended;
  view.next_ready_at.reset();
  const auto session = parse(view, false);
  CHECK(session["status"] == "ended");
  CHECK_FALSE(session["more_pending"].GetBool());
  CHECK(session["next_ready_at"].IsNull());
}

TEST_CASE("a segment's phase is told where there are phases, and only there") {
  CHECK_FALSE(parse(view_of(60, 1), true)["segments"][0]["analysis"].HasMember("phase"));
  session::SessionView view = view_of(60, 30);
  view.record.request.work_minutes = 25;
  view.record.request.break_minutes = 5;
  view.plan = std::make_shared<const plan::Plan>(plan::planned(view.record.request, 1));
  const auto session = parse(view, true);
  CHECK(session["segments"][12]["analysis"]["phase"] == "work");
  CHECK(session["segments"][13]["analysis"]["phase"] == "break");
  CHECK(session["segments"][15]["analysis"]["phase"] == "work");
}

TEST_CASE("analysis is one object a segment, and no number is ever NaN") {
  session::SessionView view = view_of(4, 2);
  store::SegmentRecord unmeasured = *view.segments[0];
  unmeasured.mastering.range_lu = std::numeric_limits<double>::quiet_NaN();
  view.segments[0] = std::make_shared<const store::SegmentRecord>(unmeasured);
  const auto session = parse(view, true);
  const auto& analysis = session["segments"][1]["analysis"];
  CHECK(analysis["start_seconds"].GetDouble() == Approx(view.plan->start_seconds(1)).margin(0.001));
  CHECK(analysis["integrated_lufs"].GetDouble() == -18.0);
  CHECK(session["segments"][0]["analysis"]["loudness_range_lu"].IsNull());
}

TEST_CASE("analysis of a session is what starts the same session again") {
  session::SessionView view = view_of(4, 1);
  view.record.request.seed = 1;
  view.record.request.tempo_bpm = 72.125;
  CHECK_FALSE(parse(view, false).HasMember("analysis"));
  const auto session = parse(view, true);
  const auto& analysis = session["analysis"];
  CHECK(keys_of(analysis) == std::vector<std::string>{"seed", "request"});
  CHECK(analysis["seed"].GetUint64() == 1);
  CHECK(analysis["request"]["target_minutes"].GetInt() == 4);
  CHECK(analysis["request"]["options"]["seed"].GetUint64() == 1);
  CHECK(analysis["request"]["options"]["tempo_bpm"].GetDouble() == 72.125);
  CHECK_FALSE(analysis["request"].HasMember("custom_prompt"));
  CHECK_FALSE(analysis["request"]["options"].HasMember("fallback"));
}

TEST_CASE("analysis says why a segment sounds as it does") {
  const auto session = parse(view_of(4, 2), true);
  const auto& analysis = session["segments"][0]["analysis"];
  CHECK(std::string(analysis["why"].GetString()).starts_with("Focus at medium intensity: "));
  CHECK_FALSE(analysis.HasMember("prompt"));
}

TEST_CASE("analysis says which words of a prompt were understood and which not") {
  const auto session = parse(view_of(4, 2, "dark panio, no drums, \"zebra\""), true);
  const auto& prompt = session["segments"][1]["analysis"]["prompt"];
  CHECK(keys_of(prompt) == std::vector<std::string>{"character", "understood", "understood_more",
                                                    "not_understood", "not_understood_more",
                                                    "summary"});
  CHECK(prompt["character"] == "focus");
  REQUIRE(prompt["understood"].Size() == 3);
  CHECK(prompt["understood"][1]["word"] == "panio");
  CHECK(prompt["understood"][1]["read_as"] == "piano");
  CHECK(prompt["understood"][1]["effect"] == "plays piano");
  CHECK(prompt["understood"][2]["effect"] == "no percussion");
  REQUIRE(prompt["not_understood"].Size() == 1);
  CHECK(prompt["not_understood"][0] == "zebra");
  CHECK(prompt["not_understood_more"].GetInt() == 0);
  CHECK(prompt["summary"] ==
        "Read as focus: darker, with piano, no percussion; nothing was made of \"zebra\".");
}

TEST_CASE("the longest prompt does not make the answer long") {
  std::string prompt;
  while (prompt.size() < 59'000) {
    prompt += "dark" + std::to_string(prompt.size()) + " no drums " + std::string(60, 'q') +
              std::to_string(prompt.size()) + " very slow " + std::to_string(prompt.size()) +
              " bpm";
  }
  rest::SessionJsonOptions options;
  options.include_analysis = true;
  options.playback_url = [](const store::SegmentRecord&) { return std::string(); };
  constexpr int kSegments = 30;
  CHECK(rest::session_json(view_of(60, kSegments, prompt), options).size() < kSegments * 12'000);
}
