// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/command.h"
#include <focus_session/focus_session.hpp>

using focus::test::content_of;
using focus::test::run;
using focus::test::TempFolder;

namespace {

const std::string kTool = FOCUS_TOOL;

rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.c_str());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

}  // namespace

TEST_CASE("a session with its segments, and the same again without them, bit for bit") {
  const TempFolder folder;
  const std::string common = " --minutes 2 --segment-seconds 60 --seed 5 --divergence 0.5 --json ";
  const auto with = run(kTool + " render " + folder / "a.flac" + common + "--jobs 2 --segments " +
                        folder / "s/t");
  INFO(with.err);
  REQUIRE(with.exit_code == 0);

  const auto told = parsed(with.out);
  CHECK(told["seed"].GetUint64() == 5);
  CHECK(told["segments"].GetInt() == 2);
  CHECK(told["seconds"].GetDouble() == 120.0);
  CHECK(told["speed"].GetDouble() > 0.0);
  CHECK(told["integrated_lufs"].GetDouble() == Approx(-18.0).margin(1.0));
  CHECK(told["true_peak_dbtp"].GetDouble() < 0.0);
  for (const auto& file : told["files"].GetArray()) {
    CHECK(std::filesystem::file_size(file.GetString()) > 0);
  }

  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "s/t")) {
    count += entry.is_regular_file() ? 1 : 0;
  }
  CHECK(count == 6);
  for (const std::string name : {"000.flac", "001.flac", "000.mid", "001.mid", "timeline.svg"}) {
    CHECK(std::filesystem::file_size(folder / ("s/t/" + name)) > 0);
  }
  CHECK(content_of(folder / "s/t/000.mid").rfind("MThd", 0) == 0);
  CHECK(content_of(folder / "s/t/timeline.svg").rfind("<svg", 0) == 0);
  const auto session = parsed(content_of(folder / "s/t/session.json"));
  CHECK(session["status"] == "ended");
  REQUIRE(session["segments"].Size() == 2);
  CHECK(session["segments"][0]["playback_url"] == "000.flac");
  CHECK(session["segments"][0].HasMember("analysis"));

  const auto without = run(kTool + " render " + folder / "b.flac" + common + "--jobs 1");
  INFO(without.err);
  REQUIRE(without.exit_code == 0);
  CHECK(content_of(folder / "a.flac") == content_of(folder / "b.flac"));
}

TEST_CASE("a quiet minute says nothing and is a minute long, at the rate asked for") {
  const TempFolder folder;
  const auto outcome =
      run(kTool + " render " + folder / "a.wav" +
          " --minutes 1 --rate 44100 --goal sleep --target-lufs -30 --seed 7 --quiet");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.empty());
  const auto info = focus::Measurement(folder / "a.wav").info();
  CHECK(info.duration_seconds == 60.0);
  CHECK(info.sample_rate == 44100);
  CHECK(info.channel_count == 2);
  // The file is a little below the target, by how much its last fade takes: that differs by seed.
  CHECK(info.integrated_lufs == Approx(-30.0).margin(1.5));
}

TEST_CASE("a prompt alone is goal enough, and the words at the end tell how to go on") {
  const TempFolder folder;
  const auto outcome = run(kTool + " render " + folder / "a.ogg" +
                           " --minutes 1 --prompt 'slow warm pads, no drums' --seed 9");
  INFO(outcome.err);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out.find("1:00 of custom_prompt") != std::string::npos);
  CHECK(outcome.out.find("Read as ") != std::string::npos);
  CHECK(outcome.out.find("no percussion") != std::string::npos);
  CHECK(outcome.out.find("--seed 9") != std::string::npos);
  CHECK(outcome.out.find("ffplay") != std::string::npos);
}

TEST_CASE("music for standard output is WAV of the wanted bits, told of on standard error") {
  const TempFolder folder;
  const std::string out = folder / "out.wav";
  const auto outcome =
      run("( " + kTool + " render - --minutes 1 --seed 1 --rate 8000 --bits 16 > " + out + " )");
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  CHECK(outcome.err.find("standard output: 1:00 of focus") != std::string::npos);
  const std::string bytes = content_of(out);
  CHECK(bytes.size() == bytes.find("data") + 8 + 60 * 8000 * 4);
  CHECK(focus::Measurement(out).info().duration_seconds == Approx(60.0));
}

TEST_CASE(
    "an OUT that a segment would replace, or that can not be measured, is refused with "
    "--segments") {
  const TempFolder folder;
  const auto refused = [&](const std::string& out, const std::string& words) {
    const auto outcome =
        run(kTool + " render " + out + " --minutes 1 --segments " + folder / "parts");
    INFO(outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.err.find(words) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder / "parts"));
  };
  refused(folder / "parts/000.flac", "OUT: ");
  refused("/dev/null", "--segments: needs OUT to be a file");
}
