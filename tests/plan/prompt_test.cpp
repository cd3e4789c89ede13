// SPDX-License-Identifier: MIT
#include "plan/prompt.h"

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("words vote for the goal whose parameters fit") {
  CHECK(read_prompt("music for studying").character == Goal::focus);
  CHECK(read_prompt("Calm, peaceful ocean").character == Goal::relax);
  CHECK(read_prompt("help me SLEEP").character == Goal::sleep);
  CHECK(read_prompt("upbeat workout techno").character == Goal::energize);
  CHECK(read_prompt("xyzzy").character == Goal::focus);
  CHECK(read_prompt("").character == Goal::focus);
}

TEST_CASE("negations turn a word round, amounts scale it") {
  const double bright = read_prompt("bright").leaning.brightness;
  CHECK(bright > 0.0);
  CHECK(read_prompt("not too bright").leaning.brightness < 0.0);
  CHECK(read_prompt("very bright").leaning.brightness > bright);
  CHECK(read_prompt("a little bright").leaning.brightness < bright);
  CHECK(read_prompt("a little bright").leaning.brightness > 0.0);
  CHECK(read_prompt("no drums").leaning.without(Stem::percussion));
  CHECK(read_prompt("without any bass").leaning.without(Stem::bass));
  CHECK_FALSE(read_prompt("drums").leaning.without(Stem::percussion));
  CHECK(read_prompt("drums").leaning.of(Stem::percussion) > 0.0);
}

TEST_CASE("a negation reaches the next known word only") {
  const PromptReading reading = read_prompt("no drums, bright");
  CHECK(reading.leaning.without(Stem::percussion));
  CHECK(reading.leaning.brightness > 0.0);
}

TEST_CASE("tempos are read with their unit, within what music has") {
  CHECK(read_prompt("70 bpm").leaning.tempo_bpm == 70.0);
  CHECK(read_prompt("120bpm techno").leaning.tempo_bpm == 120.0);
  CHECK(read_prompt("1000 bpm").leaning.tempo_bpm == 0.0);
  CHECK(read_prompt("24 hours").leaning.tempo_bpm == 0.0);
  CHECK(read_prompt("99999999999999999999 bpm").leaning.tempo_bpm == 0.0);
}

TEST_CASE("leanings stay within -1 and 1 however often a word is said") {
  const PromptReading reading = read_prompt("dark dark dark dark dark dark");
  CHECK(reading.leaning.brightness == -1.0);
}

TEST_CASE("what was understood is told in order") {
  const PromptReading reading = read_prompt("Lo-fi beats in a minor key for the zebras");
  CHECK(reading.understood == std::vector<std::string>{"lofi", "beats", "minor"});
  CHECK(reading.mode == Mode::aeolian);
}
