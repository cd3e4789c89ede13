// SPDX-License-Identifier: MIT
#include "tool/screen.h"

#include <catch2/catch.hpp>

#include "tool/commands.h"
#include "tool/keys.h"
#include "tool/text.h"

using namespace cli;

namespace {

/// Ten minutes of work, break, work and work; the first is heard, the third playing, the last not
/// made yet.
ScreenState ten_minutes() {
  ScreenState state;
  state.session.goal = focus::Goal::focus;
  state.session.intensity = focus::Intensity::medium;
  for (std::int32_t k = 0; k < 4; ++k) {
    focus::SegmentInfo segment;
    segment.index = k;
    segment.start_seconds = 150.0 * k;
    segment.duration_seconds = 160.0;
    segment.key = "D dorian";
    segment.tempo_bpm = 72.0;
    segment.ready = k < 3;
    if (segment.ready) segment.engine = "studio";
    segment.integrated_lufs = -18.0;
    segment.phase = k == 1 ? focus::Phase::break_ : focus::Phase::work;
    state.segments.push_back(segment);
  }
  state.player.state = focus::PlayerState::playing;
  state.player.segment_index = 2;
  state.player.position_seconds = 330.0;
  state.player.duration_seconds = 600.0;
  state.player.next_join_seconds = 450.0;
  state.player.volume = 0.8;
  state.message = "0:12  resumed";
  return state;
}

}  // namespace

TEST_CASE("the screen tells what plays, how far it is, and which keys there are") {
  ScreenState state = ten_minutes();
  const auto lines = draw_screen(state, 80, false);
  REQUIRE(lines.size() == 5);
  CHECK(lines[0] ==
        "Focus - medium                                    5:30 / 10:00  playing  vol 80%");
  CHECK(lines[1] ==
        "3/4  D dorian, 72.0 bpm, studio, work, -18.0 LUFS                   next in 2:00");
  CHECK(lines[2] ==
        "####################|===================|###V+++++++++++++++|...................");
  CHECK(lines[3] == "0:12  resumed");
  CHECK(lines[4].rfind("q stop  ? keys  space pause", 0) == 0);

  state.player.sleep_seconds = 61.0;
  state.player.next_join_seconds = -1.0;
  state.session.goal = focus::Goal::custom_prompt;
  state.session.divergence = 0.25;
  state.session.custom_prompt = "slow\nrain";
  const auto others = draw_screen(state, 80, true);
  CHECK(others[0].rfind("\"slow rain\" \xc2\xb7 medium \xc2\xb7 di", 0) == 0);
  CHECK(others[0].find("vol 80%  sleep 1:01") != std::string::npos);
  CHECK(right(others[1], 80).find("last segment") == 68);
  CHECK(others[2].find("\xe2\x96\xbc") != std::string::npos);  // the playhead
}

TEST_CASE("no line of the screen is wider than the terminal") {
  ScreenState state = ten_minutes();
  state.message = std::string(300, 'm') + "\033[2J";
  for (const bool unicode : {false, true}) {
    for (std::size_t width = 10; width < 130; width += 7) {
      for (const bool typing : {false, true}) {
        if (typing) state.typing = "r\xc3\xa4in " + std::string(200, 'x') + " end";
        state.all_keys = !state.all_keys;
        for (const std::string& line : draw_screen(state, width, unicode)) {
          CHECK(columns(line) <= width);
          CHECK(line.find('\033') == std::string::npos);
        }
        state.typing.reset();
      }
    }
  }
  CHECK(columns(draw_screen(state, 3, true)[2]) == 10);
  state.typing = std::string(200, 'x') + " end";
  CHECK(draw_screen(state, 40, false)[4].find("x end_") != std::string::npos);
}

TEST_CASE("segments too short to be told apart have no joins, and none is no fault") {
  ScreenState state = ten_minutes();
  state.segments.clear();
  CHECK(draw_screen(state, 20, false)[1].empty());
  for (std::int32_t k = 0; k < 300; ++k) {
    focus::SegmentInfo segment;
    segment.start_seconds = 2.0 * k;
    state.segments.push_back(segment);
  }
  CHECK(draw_screen(state, 20, false)[2] == "###########V........");
}

TEST_CASE("keys are told apart, whole or in pieces") {
  std::string bytes = "q\033[A\033OB\033[1;5C\033[3~\xc3\xa9\r\x7f";
  auto keys = take_keys(bytes, false);
  REQUIRE(keys.size() == 7);
  CHECK(keys[0].letter == "q");
  CHECK(keys[1].kind == Key::Kind::up);
  CHECK(keys[2].kind == Key::Kind::down);
  CHECK(keys[3].kind == Key::Kind::right);
  CHECK(keys[4].letter == "\xc3\xa9");
  CHECK(keys[5].kind == Key::Kind::enter);
  CHECK(keys[6].kind == Key::Kind::backspace);
  CHECK(bytes.empty());

  bytes = "\033";
  CHECK(take_keys(bytes, false).empty());
  bytes += "[D\xc3";
  keys = take_keys(bytes, false);
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].kind == Key::Kind::left);
  CHECK(bytes == "\xc3");
  bytes = "\033";
  keys = take_keys(bytes, true);
  REQUIRE(keys.size() == 1);
  CHECK(keys[0].kind == Key::Kind::escape);
  CHECK(bytes.empty());
}

TEST_CASE("every key of the help stands for a command that can be read") {
  for (const std::string letter :
       {" ", "n", "+", "-", "1", "2", "3", "d", "D", "g", "l", "L", "s", "q"}) {
    INFO(letter);
    CHECK_NOTHROW(read_command(command_of({Key::Kind::letter, letter})));
  }
  for (const auto kind : {Key::Kind::up, Key::Kind::down, Key::Kind::left, Key::Kind::right}) {
    CHECK_NOTHROW(read_command(command_of({kind, {}})));
  }
  CHECK(command_of({Key::Kind::letter, "x"}).empty());
}

TEST_CASE("commands are read with their numbers, times and words") {
  CHECK(read_command(" seek 1:02:03 \r").number == 3723.0);
  CHECK(read_command("seek -1:30").number == -90.0);
  CHECK(read_command("seek -1:30").by);
  CHECK_FALSE(read_command("volume 0.5").by);
  CHECK(read_command("minutes +5").number == 5.0);
  CHECK(read_command("prompt  slow  rain").words == "slow  rain");
  CHECK(read_command("goal relax").goal == focus::Goal::relax);
  CHECK(read_command("goal next").next);
  CHECK(read_command("intensity low").intensity == focus::Intensity::low);
  CHECK(read_command("level pads -6").number == -6.0);
  CHECK(read_command("level pads -6").layer == &focus::Steering::pads_db);
  CHECK(read_command("level percussion  off").number == -60.0);
  CHECK(read_command("sleep off").number == 0.0);
  CHECK(read_command("sleep 0.5").number == 0.5);
  for (const std::string line :
       {"", "dance", "seek", "seek soon", "seek 1:75", "volume", "volume --1", "volume nan",
        "minutes 4.5", "minutes 1e9", "prompt", "prompt  ", "goal", "goal party", "intensity 1",
        "sleep", "sleep 0", "sleep -1", "pause now"}) {
    INFO(line);
    CHECK_THROWS_AS(read_command(line), std::runtime_error);
  }
}

TEST_CASE("a prompt is typed, mended, and entered or given up") {
  LineEditor editor;
  for (const std::string letter : {"r", "\xc3\xa4", "x"}) editor.type({Key::Kind::letter, letter});
  editor.type({Key::Kind::backspace, {}});
  CHECK(editor.text() == "r\xc3\xa4");
  editor.type({Key::Kind::backspace, {}});
  CHECK(editor.text() == "r");
  CHECK(editor.type({Key::Kind::left, {}}) == LineEditor::Outcome::typing);
  CHECK(editor.type({Key::Kind::enter, {}}) == LineEditor::Outcome::entered);
  CHECK(editor.type({Key::Kind::escape, {}}) == LineEditor::Outcome::given_up);
  editor.type({Key::Kind::erase_line, {}});
  editor.type({Key::Kind::backspace, {}});
  CHECK(editor.text().empty());
}

TEST_CASE("times are read as on a clock") {
  CHECK(clock_time("90") == 90.0);
  CHECK(clock_time("1:30.5") == 90.5);
  CHECK(clock_time("0:01:30") == 90.0);
  for (const std::string text : {"", ":", "1:", ":30", "1:60", "-1", "inf", "1:2:3:4", "1:-1:0"}) {
    INFO(text);
    CHECK_FALSE(clock_time(text));
  }
}

TEST_CASE("text from outside can not command the terminal") {
  CHECK(plain("a\033[2J\nb\x7f\xc2\x9b"
              "c\xc3\xa9") == "a [2J b  c\xc3\xa9");
  CHECK(clip("\xc3\xa4\xc3\xb6\xc3\xbc", 2) == "\xc3\xa4\xc3\xb6");
  CHECK(clip("ab", 2) == "ab");
}
