// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "plan/brief.h"
#include "plan/prompt_words.h"

namespace focus::core {

/// A key as it is named in a prompt.
struct NamedKey {
  int tonic = 0;
  std::optional<Mode> mode;
  std::size_t word_count = 0;  ///< that name it
};

/// The key that is named from words[at] on: "C sharp minor", "eb major", "fis-moll", "la mineur";
/// "d" alone where "in" or "key of" stands before it. The article of "a minor key" is none, nor is
/// the C# that people code in.
std::optional<NamedKey> read_key(std::span<const PromptWord> words, std::size_t at);

}  // namespace focus::core
