// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/brief.h"

namespace focus::core::plan {

/// A word or phrase of a prompt and its effect.
struct UnderstoodWords {
  std::string written;  ///< as in the prompt, with the negations and amounts before it
  std::string read_as;  ///< what the lexicon calls it: "piano" for "panio"
  std::string effect;   ///< "brighter", "no percussion", "tempo 70 bpm"
  bool operator==(const UnderstoodWords&) const = default;
};

/// An instrument that cannot be played, and what is played instead.
struct StandIn {
  std::string written;     ///< as in the prompt
  std::string_view plays;  ///< "harp"
  bool operator==(const StandIn&) const = default;
};

/// What a prompt says about the music, and which of its words were understood.
struct PromptReading {
  /// The maximum number of words in each list: the report on a prompt of 60 kB must not be as long.
  static constexpr std::size_t kMostTold = 32;
  static constexpr std::size_t kMostBytes = 48;  ///< of one of them, as written

  Goal character = Goal::focus;  ///< the goal that fits best; never custom_prompt
  PromptLeaning leaning;
  std::optional<int> tonic;  ///< a pitch class, 0 = C
  std::optional<Mode> mode;

  std::vector<UnderstoodWords> understood;  ///< in the order of the prompt, without duplicates
  int understood_more = 0;                  ///< the number of further ones
  std::vector<std::string> not_understood;  ///< words that might refer to music, without duplicates
  int not_understood_more = 0;
  std::vector<StandIn> stand_ins;  ///< the first of them
  std::string summary;  ///< for the user: one or two sentences on how the prompt was understood
};

/// Reads a prompt in everyday language: moods, genres, instruments, scenery, tempos ("70 bpm"),
/// keys ("in C sharp minor"), negations ("without drums or bass") and amounts ("a little"), in any
/// order and with spelling mistakes. A pure function that accepts any bytes. If two words
/// contradict each other, the later one has slightly more weight. Of a very long prompt the first
/// 10000 words are read, and the spelling of the first 300 unknown ones is mended, so that no
/// prompt takes long. A prompt in which nothing is understood gives plain `focus`.
///
/// Where `asked_bpm` is not 0, the reading has this tempo, and what the prompt says of tempo counts
/// for nothing.
PromptReading read_prompt(std::string_view prompt, double asked_bpm = 0.0);

}  // namespace focus::core::plan
