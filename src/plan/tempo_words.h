// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "plan/prompt_words.h"

namespace focus::core::plan {

/// A tempo that a prompt names.
struct NamedTempo {
  double bpm = 0.0;            ///< 0 if it is not a possible tempo
  std::size_t word_count = 0;  ///< the number of words that name it
};

/// Reads a tempo that begins with the number words[at]: "70 bpm", "80-90bpm" (the mean), "120 beats
/// per minute". A number alone counts if "bpm" or "tempo" stands before it.
std::optional<NamedTempo> read_tempo(std::span<const PromptWord> words, std::size_t at);

/// Returns the value of a word that is a number: digits with at most one point.
std::optional<double> number_in(std::string_view word);

}  // namespace focus::core::plan
