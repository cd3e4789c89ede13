// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace focus::core {

/// How many slips of the hand make `a` from `b`: a letter put in, left out, changed, or swapped
/// with its neighbour (optimal string alignment); `limit` + 1 where it takes more than `limit`. A
/// change counts double where the two letters neither sound alike nor are neighbours on a keyboard.
int edit_distance(std::string_view a, std::string_view b, int limit);

/// `word` with every letter that stands three times or more in a row written `keep` times:
/// "slowww".
std::string without_repeats(std::string_view word, std::size_t keep);

/// Finds the word that was meant.
class Speller {
 public:
  struct Word {
    std::string_view text;
    const void* meaning;  ///< words of one meaning do not contradict each other
  };

  /// The texts are borrowed and must outlive the speller.
  explicit Speller(std::vector<Word> words);

  /// The nearest known word: one slip away for words of 4 to 6 letters, two for longer ones that
  /// end alike; nearer than all if only its inner letters are shuffled ("panio"). It begins with
  /// the same letter, and no word of another meaning is as near.
  std::optional<std::string_view> nearest(std::string_view misspelt) const;

 private:
  std::vector<Word> words_;  ///< by first letter, then length
};

/// Whether a word is English as it stands and only looks like one of the lexicon: "brain", "hard".
bool is_common_word(std::string_view word);

}  // namespace focus::core
