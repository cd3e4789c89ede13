// SPDX-License-Identifier: MIT
// An engine that is a command, as the tool brings it in, and the check of engines.
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include <catch2/catch.hpp>
#include <rapidjson/document.h>

#include "support/command.h"
#include "support/temp_folder.h"
#include "tool/running_tool.h"

using focus::test::run;
using focus::test::RunningTool;

namespace {

const std::string kTool = FOCUS_TOOL;
const std::string kDrone = "--engine-command 'python3 " FOCUS_EXAMPLE_DRONE " {brief} {out}' ";
const std::string kBroken =
    "--engine-command 'echo loading >&2; echo no model is here >&2; exit 3; {brief} {out}' ";

bool is_there_soon(const std::string& path) {
  for (int i = 0; i < 2000; ++i) {
    if (std::filesystem::exists(path)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

TEST_CASE("the drone in Python passes the check of an engine") {
  const auto check = run(kTool + " check-engine --quick --json " + kDrone);
  INFO(check.out << check.err);
  CHECK(check.exit_code == 0);
  rapidjson::Document json;
  REQUIRE_FALSE(json.Parse(check.out.c_str()).HasParseError());
  CHECK(std::string(json["engine_key"].GetString()) == "command");
  CHECK(json["fails"].GetInt() == 0);
  CHECK(json["holds"].GetInt() >= 15);
  CHECK(json["results"][0]["name"].IsString());
}

TEST_CASE("the drone in Python plays a session, and nobody stands in for it") {
  const focus::test::TempFolder folder;
  const std::string out = (folder / "drone.wav");
  const auto render = run(kTool + " render " + out +
                          " --minutes 1 --seed 3 --rate 8000 --engine-key drone " + kDrone);
  INFO(render.err);
  CHECK(render.exit_code == 0);
  CHECK(render.err.find("plays this segment") == std::string::npos);
  CHECK(render.out.find("1 segment by drone") != std::string::npos);
  const auto again = run(kTool + " render " + (folder / "again.wav") +
                         " --minutes 1 --seed 3 --rate 8000 --engine-key drone --quiet " + kDrone);
  CHECK(again.exit_code == 0);
  CHECK(run("cmp " + out + " " + (folder / "again.wav")).exit_code == 0);
}

TEST_CASE("where a command fails, its last word is told and the fallback plays") {
  const focus::test::TempFolder folder;
  const auto render =
      run(kTool + " render " + (folder / "x.wav") +
          " --minutes 1 --engine-retries 0 --fallback studio --fallback-after 60 " + kBroken);
  CHECK(render.exit_code == 0);
  CHECK(render.err.find("no model is here") != std::string::npos);
  CHECK(render.err.find("status 3") != std::string::npos);
}

TEST_CASE("an engine that fails its check ends it with 1, a reason and a summary") {
  const auto check = run(kTool + " check-engine --engine-retries 0 " + kBroken);
  CHECK(check.exit_code == 1);
  CHECK(check.out.find("fails    a segment of 20 s is delivered whole") != std::string::npos);
  CHECK(check.out.find("ended with status 3: no model is here") != std::string::npos);
  CHECK(check.out.find("skipped  everything else") != std::string::npos);
  CHECK(check.out.find("command: 1 of them fail") != std::string::npos);
}

TEST_CASE("an engine that hangs does not hang its check") {
  const auto check = run(kTool + " check-engine --engine-retries 0 --engine-timeout 0.2 " +
                         "--engine-command 'sleep 1000; : {brief} {out}'");
  CHECK(check.exit_code == 1);
  CHECK(check.out.find("longer than its timeout of 0.2 s") != std::string::npos);
}

TEST_CASE("Ctrl-C ends a check, in the middle of a segment too, and the command with it") {
  const focus::test::TempFolder folder;
  const std::string begun = folder / "begun", gone = folder / "gone";
  RunningTool tool(RunningTool::On::pipes,
                   {"check-engine", "--engine-command",
                    "trap 'touch " + gone + "; exit 1' TERM; touch " + begun +
                        "; while :; do sleep 0.01; done; : {brief} {out}"});
  REQUIRE(tool.says("what it says of itself is consistent"));
  REQUIRE(is_there_soon(begun));
  tool.send(SIGINT);
  CHECK(tool.exit_code() == 130);
  CHECK(is_there_soon(gone));
}

TEST_CASE("an engine of one's own is listed with its terms") {
  const auto list = run(kTool + " engines --engine-price 2500 --engine-licence personal_only " +
                        "--engine-max-seconds 90 --engine-key mine " + kDrone);
  CHECK(list.exit_code == 0);
  const std::string mine = list.out.substr(list.out.find("mine  "));
  CHECK(mine.find("licence: personal_only; not for commercial use") != std::string::npos);
  CHECK(mine.find("price: 2500 micro-units a minute") != std::string::npos);
  CHECK(mine.find("up to 90 s") != std::string::npos);
}

TEST_CASE("what is wrong with an engine of one's own is told by its option") {
  const struct {
    std::string arguments, words;
  } wrong[] = {
      {"check-engine --engine-command 'play {brief}'", "--engine-command: lacks {out}"},
      {"check-engine --engine-command ''", "--engine-command: say what to run"},
      {"check-engine nobody", "KEY: unknown engine 'nobody'"},
      {"check-engine --engine-key 'a b' --engine-command 'play {brief} {out}'", "--engine-key: "},
      {"render x.wav --engine-timeout 5", "--engine-timeout: needs --engine-command"},
      {"render x.wav --engine-retries many --engine-command 'x {brief} {out}'",
       "--engine-retries: must be a whole number"},
      {"render x.wav --fallback nobody", "--fallback: unknown engine 'nobody'"},
      {"render x.wav --fallback-after 0", "--fallback-after: must be 0.1 to 86400"},
      {"play --device none --engine nobody --engine-command 'x {brief} {out}'",
       "--engine: unknown engine 'nobody'; available: studio, soundscape, command"},
      {"serve --data ''", "--data: must be a folder"},
  };
  for (const auto& [arguments, words] : wrong) {
    const auto refused = run(kTool + " " + arguments);
    INFO(arguments << ": " << refused.err);
    CHECK(refused.exit_code == 2);
    CHECK(refused.err.find(words) != std::string::npos);
  }
}
