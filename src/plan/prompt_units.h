// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plan/key_words.h"
#include "plan/lexicon.h"
#include "plan/prompt_words.h"

namespace focus::core {

/// Distinct words of one prompt that are compared with the lexicon for slips of spelling; what
/// comes after them counts only as it is written. Bounds the work on a prompt of any length.
inline constexpr int kMostRespelt = 1000;

/// A stretch of a prompt that means one thing.
struct PromptUnit {
  enum class What { sense, tempo, key, unknown };
  What what = What::unknown;
  const Sense* sense = nullptr;    ///< of What::sense
  double bpm = 0.0;                ///< of What::tempo
  NamedKey key;                    ///< of What::key
  Gap gap = Gap::stop;             ///< to the unit before
  std::size_t begin = 0, end = 0;  ///< its bytes in the prompt
};

/// A prompt as units: slips of spelling mended, phrases found (the longest first), tempi and keys
/// read.
std::vector<PromptUnit> units_of(std::string_view prompt);

}  // namespace focus::core
