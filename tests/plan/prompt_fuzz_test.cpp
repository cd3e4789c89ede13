// SPDX-License-Identifier: MIT
#include <cmath>
#include <string>

#include <catch2/catch.hpp>

#include "base/random.h"
#include "base/text.h"
#include "plan/lexicon.h"
#include "plan/prompt.h"

using namespace focus::core;

namespace {

bool within_one(double value) { return value >= -1.0 && value <= 1.0; }

void check_reading(const std::string& prompt) {
  const plan::PromptReading reading = plan::read_prompt(prompt);
  const plan::PromptLeaning& leaning = reading.leaning;
  CAPTURE(prompt, reading.summary);
  for (const double axis :
       {leaning.brightness, leaning.density, leaning.energy, leaning.tempo, leaning.space}) {
    REQUIRE(within_one(axis));
  }
  REQUIRE((leaning.swing >= 0.0 && leaning.swing <= 1.0));
  for (const double value : leaning.instruments) REQUIRE(within_one(value));
  for (const double value : leaning.scenery) REQUIRE(within_one(value));
  for (const double value : leaning.stems) REQUIRE(within_one(value));
  REQUIRE((leaning.tempo_bpm == 0.0 || (leaning.tempo_bpm >= 40.0 && leaning.tempo_bpm <= 180.0)));
  REQUIRE(reading.character != plan::Goal::custom_prompt);
  REQUIRE((!reading.tonic || (*reading.tonic >= 0 && *reading.tonic < 12)));
  REQUIRE(reading.understood.size() <= plan::PromptReading::kMostTold);
  REQUIRE(reading.not_understood.size() <= plan::PromptReading::kMostTold);
  for (const plan::UnderstoodWords& words : reading.understood) {
    REQUIRE(is_utf8(words.written));
    REQUIRE_FALSE(words.written.empty());
    REQUIRE_FALSE(words.read_as.empty());
    REQUIRE_FALSE(words.effect.empty());
  }
  REQUIRE(is_utf8(reading.summary));
  REQUIRE_FALSE(reading.summary.empty());

  const plan::PromptReading again = plan::read_prompt(prompt);
  REQUIRE(again.understood == reading.understood);
  REQUIRE(again.not_understood == reading.not_understood);
  REQUIRE(again.summary == reading.summary);
  REQUIRE(again.leaning.stems == leaning.stems);
  REQUIRE(again.leaning.brightness == leaning.brightness);
}

}  // namespace

TEST_CASE("any bytes are read, the same each time") {
  Random random(1);
  for (int i = 0; i < 400; ++i) {
    std::string prompt;
    const int size = random.below(200);
    for (int n = 0; n < size; ++n) prompt += static_cast<char>(random.below(256));
    check_reading(prompt);
  }
}

TEST_CASE("any words in any order are read, misspelt ones too") {
  Random random(2);
  const auto words = plan::lexicon_words();
  constexpr const char* kGlue[] = {" ",    " ",     " ",    ", ",   ". ",        "-",
                                   ": ",   " and ", " or ", " no ", " not too ", " very ",
                                   " 90 ", "'",     "# ",   " a ",  "\n"};
  for (int i = 0; i < 1500; ++i) {
    std::string prompt;
    const int count = random.between(1, 12);
    for (int n = 0; n < count; ++n) {
      std::string word = words[static_cast<std::size_t>(random.below(int(words.size())))].word;
      if (random.chance(0.3)) {
        const auto at = static_cast<std::size_t>(random.below(int(word.size())));
        word[at] = static_cast<char>('a' + random.below(26));
      }
      prompt += word + kGlue[random.below(int(std::size(kGlue)))];
    }
    check_reading(prompt);
  }
}

TEST_CASE("a part is left out exactly when it was refused") {
  Random random(3);
  constexpr const char* kSofter[] = {"less drums",
                                     "not too much drums",
                                     "drone",
                                     "ambient",
                                     "fewer drums",
                                     "piano",
                                     "hardly any drums",
                                     "baroque",
                                     "less percussion",
                                     "meditation",
                                     "no heavy drums",
                                     "lullaby"};
  for (int i = 0; i < 300; ++i) {
    std::string prompt;
    const int count = random.between(1, 20);
    for (int n = 0; n < count; ++n) {
      prompt += std::string(kSofter[random.below(int(std::size(kSofter)))]) + ". ";
    }
    CAPTURE(prompt);
    REQUIRE_FALSE(plan::read_prompt(prompt).leaning.without(plan::Stem::percussion));
    REQUIRE(plan::read_prompt(prompt + "no drums").leaning.without(plan::Stem::percussion));
    REQUIRE(plan::read_prompt("no drums. " + prompt).leaning.without(plan::Stem::percussion));
  }
}
