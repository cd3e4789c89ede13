// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace focus::core::plan {

/// What separates a word of a prompt from the word before it, the weakest first.
enum class Gap {
  none,    ///< letters after digits: "70bpm"
  hyphen,  ///< "lo-fi"
  space,
  comma,  ///< also a slash, a bracket, a quotation mark, a dash
  colon,  ///< also "="
  stop    ///< the end of a sentence or a line
};

/// One word of a prompt.
struct PromptWord {
  std::string text;  ///< normalised, see split_words()
  Gap gap = Gap::stop;
  std::size_t begin = 0, end = 0;  ///< its bytes in the prompt
};

/// The number of words of a prompt that are read.
inline constexpr std::size_t kMostWords = 10'000;

/// Splits a prompt into words and normalises them to the spelling of the lexicon. Latin letters
/// lose their case and accents (é is e, ß is ss); apostrophes are removed ("don't" is dont, "it's"
/// is it); "&" and "+" are "and"; "c#" is one word; a number keeps its decimals. Words in other
/// alphabets are kept unchanged. Accepts any bytes: those that are not UTF-8 separate words. Words
/// after the first kMostWords are left out, which limits the work on a prompt of any length.
std::vector<PromptWord> split_words(std::string_view prompt);

/// Returns whether `word` is one of `words`.
inline bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace focus::core::plan
