// SPDX-License-Identifier: MIT
#include "plan/spelling.h"

#include <catch2/catch.hpp>

#include "plan/prompt_units.h"

using namespace focus::core;

namespace {

/// What a single word is read as, or "".
std::string read_as(std::string_view word) {
  const auto units = plan::units_of(word);
  return units.size() == 1 && units[0].sense != nullptr ? std::string(units[0].sense->name) : "";
}

}  // namespace

TEST_CASE("a slip is a letter put in, left out, changed or swapped") {
  CHECK(plan::edit_distance("rain", "rain", 2) == 0);
  CHECK(plan::edit_distance("raain", "rain", 2) == 1);
  CHECK(plan::edit_distance("ran", "rain", 2) == 1);
  CHECK(plan::edit_distance("rsin", "rain", 2) == 1);
  CHECK(plan::edit_distance("rian", "rain", 2) == 1);
  CHECK(plan::edit_distance("rian", "rainy", 2) == 2);
  CHECK(plan::edit_distance("", "ab", 2) == 2);
  CHECK(plan::edit_distance("", "", 0) == 0);
}

TEST_CASE("a change between letters that have nothing in common counts double") {
  CHECK(plan::edit_distance("harp", "hard", 2) == 2);
  CHECK(plan::edit_distance("calm", "call", 2) == 2);
  CHECK(plan::edit_distance("flote", "flute", 2) == 1);
}

TEST_CASE("distances are told up to the limit, and the same both ways") {
  CHECK(plan::edit_distance("piano", "guitar", 2) == 3);
  CHECK(plan::edit_distance("a", "abcdef", 2) == 3);
  CHECK(plan::edit_distance(std::string(100, 'a'), std::string(101, 'a'), 2) == 3);
  for (const char* a : {"rain", "rian", "train", "ambient", "amient", "cafe"}) {
    for (const char* b : {"rain", "drain", "brain", "ambient", "ambeint", "fact"}) {
      CHECK(plan::edit_distance(a, b, 2) == plan::edit_distance(b, a, 2));
    }
  }
}

TEST_CASE("letters that are held down are let go") {
  CHECK(plan::without_repeats("slowww", 1) == "slow");
  CHECK(plan::without_repeats("cooool", 2) == "cool");
  CHECK(plan::without_repeats("bass", 1) == "bass");
  CHECK(plan::without_repeats("", 1).empty());
}

TEST_CASE("a speller changes nothing where two meanings are as near") {
  const int one = 1, two = 2;
  const plan::Speller speller(
      {{"flute", &one}, {"flutes", &one}, {"cellar", &two}, {"cellos", &one}});
  CHECK(speller.nearest("flutee") == "flute");
  CHECK(speller.nearest("cello") == "cellos");
  CHECK(speller.nearest("cellas") == "cellos");
  CHECK_FALSE(plan::Speller({{"cellar", &two}, {"cellor", &one}}).nearest("cellr").has_value());
  CHECK(plan::Speller({{"cellar", &one}, {"cellor", &one}}).nearest("cellr").has_value());
  CHECK_FALSE(speller.nearest("blute").has_value());
  CHECK_FALSE(speller.nearest("flu").has_value());
  CHECK_FALSE(speller.nearest("").has_value());
  CHECK_FALSE(speller.nearest(std::string(1000, 'f')).has_value());
  CHECK_FALSE(plan::Speller({}).nearest("flute").has_value());
}

TEST_CASE("slips that people make") {
  const std::pair<const char*, const char*> kSlips[] = {{"raine", "rain"},
                                                        {"panio", "piano"},
                                                        {"slowww", "slow"},
                                                        {"backgroud", "quiet"},
                                                        {"relaxxing", "relax"},
                                                        {"drms", "drums"},
                                                        {"amient", "ambient"},
                                                        {"melancoly", "sad"},
                                                        {"studyng", "focus"},
                                                        {"pinao", "piano"},
                                                        {"gitar", "guitar"},
                                                        {"violn", "strings"},
                                                        {"medatation", "meditation"},
                                                        {"electornic", "electronic"},
                                                        {"accoustic", "acoustic"},
                                                        {"pleasent", "gentle"},
                                                        {"sounscapes", "ambience"},
                                                        {"concentraition", "focus"},
                                                        {"saxaphone", "saxophone"},
                                                        {"rythm", "drums"},
                                                        {"thunderstrom", "thunderstorm"},
                                                        {"calmm", "calm"},
                                                        {"sleeeep", "sleep"},
                                                        {"rian", "rain"},
                                                        {"waterfal", "stream"},
                                                        {"pecussion", "drums"},
                                                        {"cinmatic", "cinematic"},
                                                        {"techhno", "techno"},
                                                        {"enrgetic", "energetic"},
                                                        {"brighht", "bright"}};
  for (const auto& [written, meant] : kSlips) {
    CAPTURE(written);
    CHECK(read_as(written) == meant);
  }
}

TEST_CASE("words that only look like one of the lexicon stay what they are") {
  for (const char* word :
       {"brain",  "mouse",    "base",   "show",      "call",   "content", "desk",
        "flower", "computer", "create", "following", "found",  "break",   "model",
        "main",   "bear",     "cell",   "guest",     "monkey", "plant",   "zebra"}) {
    CAPTURE(word);
    CHECK(read_as(word).empty());
  }
  CHECK(read_as("train") == "travel");
  CHECK(read_as("hard") == "loud");
  CHECK(read_as("house") == "house");
}

TEST_CASE("forms of a word are that word") {
  CHECK(read_as("softest") == "soft");
  CHECK(read_as("gloomier") == "dark");
  CHECK(read_as("ambients") == "ambient");
  CHECK(read_as("harpsichords") == "harpsichord");
}
