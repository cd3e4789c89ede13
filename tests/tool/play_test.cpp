// SPDX-License-Identifier: MIT
// `focus-session play` as its users run it, on no device.
#include <algorithm>

#include <catch2/catch.hpp>

#include "support/command.h"
#include "tool/running_tool.h"

using focus::test::run;
using focus::test::RunningTool;
using focus::test::TempFolder;
using On = RunningTool::On;

namespace {

const std::string kTool = FOCUS_TOOL;
const std::string kPlay = kTool + " play --device none ";

/// The terminal lets a line be edited and shows it, as it does for a shell.
bool is_usual(const termios& settings) {
  return (settings.c_lflag & (ICANON | ECHO)) == (ICANON | ECHO);
}

}  // namespace

TEST_CASE("a minute is played to its end, with a line for what happens, steered by lines") {
  RunningTool tool(On::pipes, {"play", "--device", "none", "--speed", "20", "--minutes", "1",
                               "--seed", "7", "--volume", "0.5"});
  CHECK(tool.says("0:00 started: 1:00 of focus, medium, seed 7, 1 segment by studio"));
  CHECK(tool.says(" segment 1 of 1: A dorian, 73.2 bpm"));
  CHECK(tool.says(" music: Focus at medium intensity"));
  tool.type("pause\n");
  CHECK(tool.says(" paused\n"));
  tool.type("intensity high\nstatus\nvolume 3\ndance\n\nskip now\nintensity\n");
  CHECK(tool.says(" steered: intensity high, from 0:"));
  CHECK(tool.says(" status: "));
  CHECK(tool.says("volume 0.50"));
  CHECK(tool.says(" refused: volume: must be 0 (silent) to 1"));
  CHECK(tool.says(" refused: \"dance\" is no command: toggle, pause"));
  CHECK(tool.says(" refused: skip: takes nothing after it"));
  CHECK(tool.says(" refused: intensity: must be one of low"));
  tool.type("seek 0:40\n");
  CHECK(tool.says(" seek: to 0:40\n"));
  tool.type("resume");
  tool.close_input();  // also ends the last line
  CHECK(tool.says(" resumed\n"));
  CHECK(tool.says(" segment 2 of 2: "));
  CHECK(tool.says(" music: Focus at high intensity"));
  CHECK(tool.says("1:00 finished\n"));
  CHECK(tool.exit_code() == 0);
}

TEST_CASE("stop and Ctrl-C fade out and end well") {
  for (const int signal : {0, SIGINT}) {
    RunningTool tool(On::pipes, {"play", "--device", "none", "--minutes", "1"});
    CHECK(tool.says(" segment 1 of "));
    signal == 0 ? tool.type("stop\n") : tool.send(signal);
    CHECK(tool.says(" stopped\n"));
    CHECK(tool.exit_code() == 0);
  }
}

TEST_CASE("the sleep timer ends a session that nobody can go on with") {
  const auto outcome =
      run(kPlay + "--minutes 2 --speed 20 --sleep-timer 0.05 --sleep-fade 1 --start 30");
  INFO(outcome.out + outcome.err);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out.find("0:33 paused: the sleep timer has run out\n") != std::string::npos);
  CHECK(outcome.out.find("stopped\n") != std::string::npos);
}

TEST_CASE("a kept session is gone on with") {
  const TempFolder folder;
  const std::string data = " --data " + folder.path().string();
  const auto first = run(kPlay + "--minutes 1 --speed 20 --sleep-timer 0.1" + data);
  INFO(first.out + first.err);
  CHECK(first.exit_code == 0);
  const auto hint = first.out.find("go on: focus-session play" + data + " --session mfocus_");
  CHECK(hint != std::string::npos);
  const auto second = run(kPlay + "--session last --start 0:50 --speed 20" + data);
  INFO(second.out + second.err);
  CHECK(second.exit_code == 0);
  CHECK(second.out.find("\n0:5") != std::string::npos);
  CHECK(second.out.find("1:00 finished\nagain: focus-session play" + data) != std::string::npos);
  const auto third = run(kPlay + "--session mfocus_000000000000" + data);
  CHECK(third.exit_code == 1);
  CHECK(third.err.find("--session: no session") != std::string::npos);
}

TEST_CASE("what can not be played is refused in one line that names the option") {
  const auto [option, words] = GENERATE(table<std::string, std::string>({
      {"--minutes 0", "--minutes: must be"},
      {"--goal party", "--goal: must be one of focus"},
      {"--volume 1.1", "--volume: must be 0 (silent) to 1"},
      {"--sleep-timer 0", "--sleep-timer: must be more than 0"},
      {"--sleep-timer soon", "--sleep-timer: must be a number"},
      {"--sleep-fade -1", "--sleep-fade: must be 0 to"},
      {"--start 60:00", "--start: must be before the end of the session, which is 1:00:00 long"},
      {"--start 1:75", "--start: must be seconds or a time"},
      {"--session last", "--session: needs --data"},
      {"--session last --data /tmp --seed 7", "--session: goes on with the music as it is"},
      {"--speed 0", "--speed: must be"},
      {"again.flac", "again.flac"},
  }));
  const auto outcome = run(kPlay + option);
  INFO(option << ": " << outcome.err);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.out.empty());
  CHECK(outcome.err.rfind("focus-session: ", 0) == 0);
  CHECK(outcome.err.find(words) != std::string::npos);
  CHECK(outcome.err.find('\n') == outcome.err.size() - 1);
}

TEST_CASE("the devices are listed, and one that is not there is refused without noise") {
  const auto list = run(kTool + " play --device list");
  CHECK(list.exit_code == 0);
  CHECK(list.err.empty());
  CHECK(list.out.find("none  no sound: plays by the clock") != std::string::npos);
  const auto missing = run(kTool + " play --device no-such-device-anywhere");
  INFO(missing.err);
  CHECK((missing.exit_code == 1 || missing.exit_code == 2));
  CHECK(missing.err.rfind("focus-session: ", 0) == 0);
  CHECK(missing.err.find("--device ") != std::string::npos);
  CHECK(missing.err.find('\n') == missing.err.size() - 1);
}

TEST_CASE("on a terminal it draws, hears keys, and gives the terminal back as it was") {
  for (const bool by_key : {true, false}) {
    RunningTool tool(On::terminal, {"play", "--device", "none", "--minutes", "2", "--seed", "7"});
    const termios before = tool.settings();
    CHECK(is_usual(before));
    CHECK(tool.says("\033[?25l"));
    CHECK(tool.says("Focus - medium"));
    CHECK(tool.says("q stop"));
    CHECK(tool.says("A dorian, 73.2 bpm"));
    CHECK_FALSE(is_usual(tool.settings()));
    if (by_key) {
      tool.type("\033[B");
      CHECK(tool.says("vol 90%"));
      tool.type("?");
      CHECK(tool.says("15 seconds back, on"));
      tool.type("?pslow");
      CHECK(tool.says("prompt: slow"));
      tool.type(" rain\r");
      CHECK(tool.says("\"slow rain\" - medium"));
      tool.type("q");
    } else {
      tool.send(SIGTERM);
    }
    CHECK(tool.says("stopped"));
    CHECK(tool.says("\033[?25h"));
    CHECK(tool.exit_code() == 0);
    const termios after = tool.settings();
    CHECK(after.c_lflag == before.c_lflag);
    CHECK(std::equal(std::begin(after.c_cc), std::end(after.c_cc), std::begin(before.c_cc)));
  }
}
