// SPDX-License-Identifier: MIT
#include "session/file_tags.h"

#include <catch2/catch.hpp>

#include "plan/planner.h"

using namespace focus::core;

namespace {

plan::Request request_of(int minutes) {
  plan::Request request;
  request.target_minutes = minutes;
  request.seed = 7;
  return request;
}

store::SegmentRecord record_of(const std::string& engine) {
  store::SegmentRecord record;
  record.engine = engine;
  record.engine_version = "2.1";
  record.licence_class = "commercial_cleared";
  record.mastering.integrated_lufs = -20.5;
  record.mastering.true_peak_dbtp = -6.0;
  return record;
}

std::string told(const plan::Plan& plan, int index, const std::string& name,
                 const std::string& engine = "studio") {
  return std::string(
      session::segment_file_options(plan, index, record_of(engine)).tags.value_of(name));
}

}  // namespace

TEST_CASE("a segment says which it is of which session, and how it came about") {
  const plan::Plan plan = plan::planned(request_of(60), 7);
  CHECK(told(plan, 2, "TITLE") == "Focus, part 3");
  CHECK(told(plan, 2, "ALBUM") == "Focus, 60 minutes, seed 7");
  CHECK(told(plan, 2, "TRACKNUMBER") == "3");
  CHECK(told(plan, 2, "TRACKTOTAL") == std::to_string(plan.segment_count()));
  CHECK(told(plan, 2, "ARTIST") == "Focus Session");
  CHECK(told(plan, 2, "FOCUS_SEED") == "7");
  CHECK(told(plan, 2, "FOCUS_KEY") == describe(plan.key(2)));
  CHECK(told(plan, 2, "INITIALKEY").size() <= 3);
  CHECK(told(plan, 2, "COMMENT") ==
        "focus-session render focus-session.flac --segments focus-session --goal focus "
        "--minutes 60 --seed 7");
  const auto options = session::segment_file_options(plan, 2, record_of("studio"));
  CHECK(validate(options.tags).ok());
  CHECK(replay_gain(*options.tags.loudness) == "+02.50 dB");
  CHECK(replay_peak(*options.tags.loudness) == "0.501187");
}

TEST_CASE("only of the built-in engine is it known that it was trained on nothing") {
  const plan::Plan plan = plan::planned(request_of(10), 7);
  CHECK(told(plan, 0, "DIGITALSOURCETYPE").ends_with("/algorithmicMedia"));
  CHECK(told(plan, 0, "DIGITALSOURCETYPE", "model").empty());
  CHECK(told(plan, 0, "FOCUS_ORIGIN", "model") == "Music made by a computer: engine model 2.1");
  CHECK(told(plan, 0, "FOCUS_ENGINE", "model") == "model");
}

TEST_CASE("a segment that a change has left alone has the tags that it had") {
  const plan::Plan before = plan::planned(request_of(30), 7);
  plan::Steering steering;
  steering.goal = plan::Goal::relax;
  steering.target_minutes = 20;
  const plan::Plan after = plan::steered(before, {steering, before.cut_after(60'000, steering)});
  for (const char* name : {"TITLE", "ALBUM", "TRACKTOTAL", "COMMENT", "BPM", "FOCUS_MOVEMENT"}) {
    CHECK(told(after, 1, name) == told(before, 1, name));
  }
  const int first = after.first_changed();
  CHECK(told(after, first, "TITLE") == "Relax, part " + std::to_string(first + 1));
  CHECK(told(after, first, "COMMENT") == "Part of a session that was steered while it played.");
}

TEST_CASE("a prompt is cut between two characters where it is long, and stays one line") {
  plan::Request request = request_of(10);
  request.goal = plan::Goal::custom_prompt;
  request.custom_prompt = "a\nb";
  for (int i = 0; i < 3000; ++i) request.custom_prompt += "ä";
  const plan::Plan plan = plan::planned(request, 7);
  const auto options = session::segment_file_options(plan, 0, record_of("studio"));
  CHECK(validate(options.tags).ok());
  const std::string title = told(plan, 0, "TITLE");
  CHECK(title.size() <= 80 + std::string(", part 1").size());
  CHECK(title.starts_with("A b\xc3\xa4"));
  CHECK(told(plan, 0, "COMMENT").starts_with("The prompt is too long for a command line."));
  CHECK(told(plan, 0, "COMMENT").size() < 1200);
}

TEST_CASE("a file of a whole session has its movements as chapters") {
  engines::EngineInfo engine;
  engine.key = "studio";
  const plan::Plan plan = plan::planned(request_of(60), 7);
  const audio::FileTags tags = session::session_file_tags(plan, engine, 44100, "x.wav");
  CHECK(validate(tags).ok());
  CHECK(tags.value_of("TITLE") == "Focus, 60 minutes");
  CHECK(tags.frames == 60 * 60 * 44100);
  REQUIRE(tags.chapters.size() > 3);
  CHECK(tags.chapters[0].start_frame == 0);
  CHECK(session::session_file_tags(plan::planned(request_of(2), 7), engine, 48000, "x.wav")
            .chapters.empty());
}
