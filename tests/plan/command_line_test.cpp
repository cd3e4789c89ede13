// SPDX-License-Identifier: MIT
#include "plan/command_line.h"

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("a plain request is a short command") {
  plan::Request request;
  request.target_minutes = 60;
  CHECK(plan::render_command(request, 7, "x.flac") ==
        "focus-session render x.flac --goal focus --minutes 60 --seed 7");
}

TEST_CASE("every option that was asked for is in the command") {
  plan::Request request;
  request.goal = plan::Goal::custom_prompt;
  request.custom_prompt = "it's rain; \"slow\"";
  request.target_minutes = 25;
  request.intensity = plan::Intensity::high;
  request.divergence = 0.25;
  request.stem_db[0] = -6.5;
  request.stem_db[3] = -60.0;
  request.tempo_bpm = 72.5;
  request.target_lufs = -20.0;
  request.segment_seconds = 60.0;
  request.sample_rate = 44100;
  request.engine = "drone";
  request.fallback = "studio";
  request.format = audio::AudioFormat::opus;
  request.look_ahead = 3;
  CHECK(plan::render_command(request, 18'446'744'073'709'551'615U, "a.wav --bits 16") ==
        "focus-session render a.wav --bits 16 --prompt 'it'\\''s rain; \"slow\"' --minutes 25 "
        "--seed 18446744073709551615 --intensity high --divergence 0.25 --level pads=-6.5 "
        "--level percussion=-60 --tempo-bpm 72.5 --target-lufs -20 --segment-seconds 60 "
        "--rate 44100 --engine drone");
}

TEST_CASE("a word of the shell is one line, whatever is in it") {
  CHECK(plan::shell_word("a-b_c.d/e=1") == "a-b_c.d/e=1");
  CHECK(plan::shell_word("") == "''");
  CHECK(plan::shell_word("$(rm) `x`") == "'$(rm) `x`'");
  CHECK(plan::shell_word("a\n'b\\") == "$'a\\x0a\\'b\\\\'");
  CHECK(plan::shell_word("Wärme") == "'Wärme'");
}

TEST_CASE("a prompt that is too long for a line has no command") {
  plan::Request request;
  request.goal = plan::Goal::custom_prompt;
  request.target_minutes = 10;
  request.custom_prompt = std::string(4000, 'x');
  CHECK_FALSE(plan::render_command(request, 1, "x.flac").empty());
  request.custom_prompt += 'x';
  CHECK(plan::render_command(request, 1, "x.flac").empty());
}
