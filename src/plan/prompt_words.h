// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace focus::core {

/// What parts a word of a prompt from the word before it, the weakest first.
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
  std::string text;  ///< folded, see split_words
  Gap gap = Gap::stop;
  std::size_t begin = 0, end = 0;  ///< its bytes in the prompt
};

/// The words of a prompt, folded to what the lexicon is written in: letters of Latin alphabets lose
/// case and accents (é is e, ß is ss), apostrophes vanish ("don't" is dont, "it's" is it), "&" and
/// "+" are "and", "c#" is one word, a number keeps its decimals. Letters of other alphabets make
/// words as they are. Any bytes will do: what is not UTF-8 parts words.
std::vector<PromptWord> split_words(std::string_view prompt);

}  // namespace focus::core
