// SPDX-License-Identifier: MIT
#include "plan/prompt_words.h"

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

std::string folded(std::string_view prompt) {
  std::string text;
  for (const plan::PromptWord& word : plan::split_words(prompt))
    text += (text.empty() ? "" : "|") + word.text;
  return text;
}

}  // namespace

TEST_CASE("letters lose case and accents, whatever their encoding") {
  CHECK(folded("CAF\u00c9 caf\u00e9 cafe\u0301") == "cafe|cafe|cafe");
  CHECK(folded("Fl\u00f6te \u00dcber Stra\u00dfe na\u00efve") == "flote|uber|strasse|naive");
  CHECK(folded("s\u0153ur \u00c6on \u0141\u00f3d\u017a") == "soeur|aeon|lodz");
}

TEST_CASE("words are parted, and by what") {
  const auto words = plan::split_words("soft-lofi, no drums: none. 70bpm");
  REQUIRE(words.size() == 7);
  CHECK(words[0].gap == plan::Gap::stop);
  CHECK(words[1].gap == plan::Gap::hyphen);
  CHECK(words[2].gap == plan::Gap::comma);
  CHECK(words[3].gap == plan::Gap::space);
  CHECK(words[4].gap == plan::Gap::colon);
  CHECK(words[5].gap == plan::Gap::stop);
  CHECK(words[6].gap == plan::Gap::none);
  CHECK(plan::split_words("soft - bright")[1].gap == plan::Gap::comma);
  CHECK(plan::split_words("soft \u2014 bright")[1].gap == plan::Gap::comma);
}

TEST_CASE("apostrophes, ampersands, sharps and numbers") {
  CHECK(folded("don't don\u2019t it's I'm l'eau") == "dont|dont|it|s|i|m|l|eau");
  CHECK(folded("drum & bass rock+roll") == "drum|and|bass|rock|and|roll");
  CHECK(folded("c# C\u266f e\u266d #lofi") == "c#|c#|eb|lofi");
  CHECK(folded("72.5bpm 1.000 70. w/o w/") == "72.5|bpm|1.000|70|without|with");
}

TEST_CASE("a word's bytes are those of the prompt") {
  const std::string prompt = "Caf\u00e9, \u00dcBER";
  const auto words = plan::split_words(prompt);
  REQUIRE(words.size() == 2);
  CHECK(prompt.substr(words[0].begin, words[0].end - words[0].begin) == "Caf\u00e9");
  CHECK(prompt.substr(words[1].begin, words[1].end - words[1].begin) == "\u00dcBER");
}

TEST_CASE("what is no word parts words, and bytes that are not UTF-8 do no harm") {
  CHECK(folded("").empty());
  CHECK(folded(" \t\n.,!?").empty());
  CHECK(folded("rain\xff\xferain\xc3") == "rain|rain");
  CHECK(folded("\u732b \u0434\u043e\u0436\u0434\u044c") == "\u732b|\u0434\u043e\u0436\u0434\u044c");
}
