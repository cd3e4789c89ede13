// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/brief.h"

namespace focus::core {

/// What the words of a prompt say about the music, and which words those were.
struct PromptReading {
  Goal character = Goal::focus;  ///< whose parameters fit best; never custom_prompt
  PromptLeaning leaning;
  std::optional<Mode> mode;
  std::vector<std::string> understood;  ///< in the order in which they were written, lower case
};

/// Reads a prompt as people write it: moods, genres, scenery, instruments, tempo words and numbers
/// ("70 bpm"), and "no", "without", "very", "slightly" before them. Words it does not know are
/// passed over; a prompt of which it knows nothing reads as plain `focus`.
PromptReading read_prompt(std::string_view prompt);

}  // namespace focus::core
