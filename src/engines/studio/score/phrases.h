// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.h"

namespace focus::core::engines::studio {

/// What a phrase does in its movement.
enum class PhraseRole {
  opening,    ///< before the theme: few voices
  statement,  ///< the theme
  answer,     ///< the theme again, with another end
  contrast,   ///< something else, that leads back
  pause,      ///< a breath: one or two layers rest
  closing     ///< the last one of the movement: a cadence, and the way to the next key
};

/// The place of a phrase.
struct PhrasePlace {
  int number = 0;  ///< in its movement
  int count = 1;   ///< of the phrases of the movement
  PhraseRole role = PhraseRole::statement;
  std::int64_t first_bar = 0;  ///< absolute
  int bars = 8;

  std::int64_t end_bar() const { return first_bar + bars; }
  bool is_last() const { return number + 1 == count; }
};

/// Divides the bars from `first_bar` up to `end_bar` into phrases of `unit` bars, some of them
/// longer or shorter by half a unit, and gives each a role. There is at least one phrase.
std::vector<PhrasePlace> phrases_between(std::int64_t first_bar, std::int64_t end_bar, int unit,
                                         const Random& random);

}  // namespace focus::core::engines::studio
