// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/brief.h"

namespace focus::core {

/// A word or phrase of a prompt and what came of it.
struct UnderstoodWords {
  std::string written;  ///< as in the prompt, with the negations and amounts before it
  std::string read_as;  ///< what the lexicon calls it: "piano" for "panio"
  std::string effect;   ///< "brighter", "no percussion", "tempo 70 bpm"
  bool operator==(const UnderstoodWords&) const = default;
};

/// What the words of a prompt say about the music, and which words those were.
struct PromptReading {
  /// Words of each list that are told; a prompt of 60 kB must not make every answer as long.
  static constexpr std::size_t kMostTold = 32;
  static constexpr std::size_t kMostBytes = 48;  ///< of one of them as it was written

  Goal character = Goal::focus;  ///< whose parameters fit best; never custom_prompt
  PromptLeaning leaning;
  std::optional<int> tonic;  ///< a pitch class, 0 = C
  std::optional<Mode> mode;

  std::vector<UnderstoodWords> understood;  ///< in the order of the prompt, each once
  int understood_more = 0;                  ///< further ones that are not told
  std::vector<std::string> not_understood;  ///< words that could have meant music, each once
  int not_understood_more = 0;
  std::string summary;  ///< for a person: one or two sentences on what was made of the prompt
};

/// Reads a prompt as people write it: moods, genres, instruments, scenery, tempi ("70 bpm"), keys
/// ("in C sharp minor"), negations ("without drums or bass") and amounts ("a little"), in any order
/// and with slips of spelling. A pure function; any bytes will do. A later word weighs a little
/// more than an earlier one that it contradicts. A prompt of which nothing is understood reads as
/// plain `focus`.
///
/// Where `asked_bpm` is not 0, the reading has this tempo, and what the prompt says of tempo counts
/// for nothing.
PromptReading read_prompt(std::string_view prompt, double asked_bpm = 0.0);

}  // namespace focus::core
