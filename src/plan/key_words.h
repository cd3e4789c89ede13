// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "plan/brief.h"
#include "plan/prompt_words.h"

namespace focus::core::plan {

/// A key that a prompt names.
struct NamedKey {
  int tonic = 0;
  std::optional<Mode> mode;
  std::size_t word_count = 0;  ///< the number of words that name it
};

/// Reads a key that is named at words[at]: "C sharp minor", "eb major", "fis-moll", "la mineur". A
/// note name without a mode counts only after "in" or "key of". The article of "a minor key" and
/// the programming language C# are not keys.
std::optional<NamedKey> read_key(std::span<const PromptWord> words, std::size_t at);

}  // namespace focus::core::plan
