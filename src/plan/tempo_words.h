// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "plan/prompt_words.h"

namespace focus::core {

/// A tempo as it is named in a prompt.
struct NamedTempo {
  double bpm = 0.0;            ///< 0 where no music has such a tempo
  std::size_t word_count = 0;  ///< that name it
};

/// The tempo that is named from the number words[at] on: "70 bpm", "80-90bpm" (its middle), "120
/// beats per minute"; "70" where "bpm" or "tempo" stands before it.
std::optional<NamedTempo> read_tempo(std::span<const PromptWord> words, std::size_t at);

/// The number that a word is, or nothing: digits with at most one point.
std::optional<double> number_in(std::string_view word);

}  // namespace focus::core
