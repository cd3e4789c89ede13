// SPDX-License-Identifier: MIT
#include <string>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/command.h"
#include <focus_session/version.h>

using focus::test::run;

namespace {
const std::string kTool = FOCUS_TOOL;
}

TEST_CASE("help teaches by examples") {
  for (const std::string command :
       {"", " render", " play", " measure", " mix", " engines", " check-engine", " serve", " keys",
        " keys add", " keys list", " keys remove", " store", " store check", " store repair"}) {
    const auto help = run(kTool + command + " --help");
    CHECK(help.exit_code == 0);
    CHECK(help.err.empty());
    const auto examples = help.out.find("Examples:");
    REQUIRE(examples != std::string::npos);
    CHECK(help.out.find("focus-session", examples) != std::string::npos);
  }
  const std::string render = run(kTool + " render --help").out;
  for (const std::string option : {"OUT",
                                   "--goal",
                                   "--minutes",
                                   "--intensity",
                                   "--divergence",
                                   "--engine",
                                   "--prompt",
                                   "--seed",
                                   "--segments",
                                   "--rate",
                                   "--target-lufs",
                                   "--jobs",
                                   "--json",
                                   "--quiet",
                                   "--engine-command CMD",
                                   "--engine-key",
                                   "--fallback KEY",
                                   "--fallback-after",
                                   "--work-minutes",
                                   "--break-minutes",
                                   "--ending-seconds",
                                   "--level",
                                   "--tempo-bpm BPM",
                                   "--modulation-depth"}) {
    CHECK(render.find(option) != std::string::npos);
  }
}

TEST_CASE("the help of play teaches its keys and its commands") {
  const std::string play = run(kTool + " play --help").out;
  for (const std::string words :
       {"--goal", "--minutes N=60", "--prompt", "--level", "--volume", "--sleep-timer",
        "--sleep-fade", "--device", "--start", "--data", "--session", "Keys, on a terminal",
        "left, right", "intensity high", "prompt WORDS", "sleep off"}) {
    INFO(words);
    CHECK(play.find(words) != std::string::npos);
  }
  CHECK(play.find("--speed") == std::string::npos);
}

TEST_CASE("the help of serve names its options") {
  const std::string serve = run(kTool + " serve --help").out;
  for (const std::string words :
       {"--host ADDRESS=127.0.0.1", "--port N=8080", "--data", "--keys", "--public-url", "--jobs",
        "--requests-per-minute", "--url-life", "--price ENGINE=N", "--cap-session", "--cap-day",
        "--connections", "--keep-sessions", "--log", "keys.json"}) {
    INFO(words);
    CHECK(serve.find(words) != std::string::npos);
  }
}

TEST_CASE("the version is that of the headers") {
  const auto version = run(kTool + " --version");
  CHECK(version.exit_code == 0);
  CHECK(version.out == "focus-session " + std::to_string(FOCUS_VERSION_MAJOR) + "." +
                           std::to_string(FOCUS_VERSION_MINOR) + "." +
                           std::to_string(FOCUS_VERSION_PATCH) + "\n");
}

TEST_CASE("the engines are told with their licence, in words and as JSON") {
  const auto words = run(kTool + " engines");
  CHECK(words.exit_code == 0);
  CHECK(words.out.find("studio") != std::string::npos);
  CHECK(words.out.find("licence: ") != std::string::npos);

  const auto json = run(kTool + " engines --json");
  rapidjson::Document document;
  REQUIRE_FALSE(document.Parse(json.out.c_str()).HasParseError());
  REQUIRE(document["engines"].Size() >= 1);
  const auto& engine = document["engines"][0];
  CHECK(engine["engine_key"].IsString());
  CHECK(engine["licence_class"].IsString());
  CHECK(engine["max_duration_seconds"].GetInt() > 0);
}

TEST_CASE("what can not be told is a failure") {
  CHECK(run("sh -c '" + kTool + " engines >/dev/full'").exit_code == 1);
}
