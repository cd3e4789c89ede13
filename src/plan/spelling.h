// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace focus::core::plan {

/// The number of typing mistakes that turn `b` into `a`: a letter inserted, omitted, changed, or
/// swapped with the next one (optimal string alignment distance). A change counts twice unless the
/// letters are adjacent on a keyboard or sound alike. Returns `limit` + 1 if it is more than
/// `limit`.
int edit_distance(std::string_view a, std::string_view b, int limit);

/// Returns `word` with every run of three or more equal letters ("slowww") shortened to `keep`.
std::string without_repeats(std::string_view word, std::size_t keep);

/// Finds the known word that a misspelt one was meant to be.
class Speller {
 public:
  struct Word {
    std::string_view text;
    const void* meaning;  ///< equal for words that mean the same
  };

  /// The texts are borrowed and must outlive the speller.
  explicit Speller(std::vector<Word> words);

  /// Returns the nearest known word: at distance 1 for words of 4 to 6 letters, and at distance 2
  /// for longer ones with the same last letter. A word in which only inner letters are in the wrong
  /// order ("panio") counts as distance 0. The first letter must be the same. Returns nothing if a
  /// word with another meaning is equally near.
  std::optional<std::string_view> nearest(std::string_view misspelt) const;

 private:
  struct Entry {
    Word word;
    std::uint32_t letters;  ///< which ones it has, as bits
  };
  std::vector<Entry> words_;  ///< by first letter, then by length
};

/// Whether a word is an English word that only looks like a word of the lexicon: "brain", "hard".
bool is_common_word(std::string_view word);

}  // namespace focus::core::plan
