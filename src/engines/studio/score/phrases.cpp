// SPDX-License-Identifier: MIT
#include "engines/studio/score/phrases.h"

#include <algorithm>
#include <array>

namespace focus::core::engines::studio {
namespace {

/// The roles between the first and the last phrase: two periods, something else, and a breath.
constexpr std::array<PhraseRole, 8> kRound = {
    PhraseRole::statement, PhraseRole::answer,    PhraseRole::contrast, PhraseRole::answer,
    PhraseRole::pause,     PhraseRole::statement, PhraseRole::answer,   PhraseRole::contrast};

}  // namespace

std::vector<PhrasePlace> phrases_between(std::int64_t first_bar, std::int64_t end_bar, int unit,
                                         const Random& random) {
  std::vector<PhrasePlace> phrases;
  std::int64_t bar = first_bar;
  end_bar = std::max(end_bar, first_bar + 1);
  while (bar < end_bar) {
    PhrasePlace place;
    place.number = static_cast<int>(phrases.size());
    place.first_bar = bar;
    Random own = random.fork(static_cast<std::uint64_t>(place.number));
    place.bars = unit;
    if (unit >= 4 && own.chance(0.25)) place.bars += own.chance(0.6) ? unit / 2 : -unit / 2;
    // What would be left is too short for a phrase of its own.
    const std::int64_t left = end_bar - bar;
    if (left < place.bars + unit / 2) place.bars = static_cast<int>(left);
    place.role = place.number == 0
                     ? PhraseRole::opening
                     : kRound[static_cast<std::size_t>(place.number - 1) % kRound.size()];
    bar += place.bars;
    phrases.push_back(place);
  }
  for (PhrasePlace& place : phrases) place.count = static_cast<int>(phrases.size());
  // A movement of one or two phrases has no time for an opening.
  if (phrases.size() <= 2) phrases.front().role = PhraseRole::statement;
  phrases.back().role = PhraseRole::closing;
  return phrases;
}

}  // namespace focus::core::engines::studio
