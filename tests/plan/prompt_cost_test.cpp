// SPDX-License-Identifier: MIT
// No prompt costs much more than an ordinary one of the same size, whatever it holds.
#include <algorithm>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "plan/lexicon.h"
#include "plan/prompt.h"
#include "plan/prompt_words.h"

using namespace focus::core;

namespace {

constexpr std::size_t kBytes = 64'000;  // as many as a request may have

std::string repeated(const std::string& text) {
  std::string prompt;
  while (prompt.size() < kBytes) prompt += text;
  return prompt.substr(0, kBytes);
}

/// Different words of `length` letters that begin like many words of the lexicon.
std::string unknown_words(std::size_t length) {
  std::string prompt;
  std::uint32_t state = 1;
  while (prompt.size() < kBytes) {
    prompt += 's';
    for (std::size_t i = 1; i < length; ++i) {
      state = state * 1664525u + 1013904223u;
      prompt += static_cast<char>('a' + (state >> 24) % 26);
    }
    prompt += ' ';
  }
  return prompt;
}

/// Every word of the lexicon with one letter wrong.
std::string misspelt_words() {
  std::string prompt;
  for (const plan::LexiconWord& entry : plan::lexicon_words()) {
    if (entry.word.size() < 7 || entry.word.find(' ') != std::string::npos) continue;
    std::string word = entry.word;
    word[3] = word[3] == 'x' ? 'q' : 'x';
    prompt += word + " ";
  }
  return prompt.substr(0, kBytes);
}

/// Of the processor, at its best of a few tries.
double cost_of(const std::string& prompt) {
  double best = 1e9;
  for (int i = 0; i < 4; ++i) {
    const std::clock_t begin = std::clock();
    plan::read_prompt(prompt);
    best = std::min(best, static_cast<double>(std::clock() - begin));
  }
  return std::max(best, 1.0);
}

}  // namespace

TEST_CASE("no prompt costs many times what an ordinary one of its size does", "[prompt]") {
  const double ordinary = cost_of(repeated("calm piano with soft rain, no drums "));
  const std::vector<std::pair<std::string, std::string>> prompts = {
      {"unknown words of 4 letters", unknown_words(4)},
      {"unknown words of 9 letters", unknown_words(9)},
      {"unknown words of 24 letters", unknown_words(24)},
      {"misspelt words", misspelt_words()},
      {"one letter", repeated("a ")},
      {"notes", repeated("in a ")},
      {"tempi", repeated("80 to ")},
      {"negations", repeated("no ")},
      {"hyphens", repeated("lo-")},
      {"apostrophes", repeated("a'")},
      {"one word", std::string(kBytes, 's')},
      {"one number", std::string(kBytes, '1')},
      {"accents", repeated("e\u0301")},
      {"no UTF-8", std::string(kBytes, '\xff')},
  };
  for (const auto& [name, prompt] : prompts) {
    CAPTURE(name);
    CHECK(cost_of(prompt) < 6.0 * ordinary);
  }
}

TEST_CASE("of a very long prompt the first words are read", "[prompt]") {
  const std::string dull = repeated("a ").substr(0, 2 * (plan::kMostWords - 1));
  CHECK(plan::read_prompt(dull + "piano").leaning.of(plan::Instrument::piano) > 0.0);
  CHECK(plan::read_prompt(dull + "a piano").leaning.of(plan::Instrument::piano) == 0.0);
  CHECK(plan::split_words(dull + "a b c d").size() == plan::kMostWords);
}
