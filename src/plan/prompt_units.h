// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plan/key_words.h"
#include "plan/lexicon.h"
#include "plan/prompt_words.h"

namespace focus::core::plan {

/// The number of different words of one prompt that are compared with the lexicon for spelling
/// mistakes. Further words are used as they are spelt. This limits the work on a prompt of any
/// length.
inline constexpr int kMostRespelt = 300;

/// A part of a prompt that has one meaning.
struct PromptUnit {
  enum class What { sense, tempo, key, unknown };
  What what = What::unknown;
  const Sense* sense = nullptr;    ///< of What::sense
  double bpm = 0.0;                ///< of What::tempo
  NamedKey key;                    ///< of What::key
  Gap gap = Gap::stop;             ///< what separates it from the unit before
  std::size_t begin = 0, end = 0;  ///< its bytes in the prompt
};

/// Splits a prompt into units: corrects spelling mistakes, finds phrases (the longest first), and
/// reads tempos and keys.
std::vector<PromptUnit> units_of(std::string_view prompt);

}  // namespace focus::core::plan
