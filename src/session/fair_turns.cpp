// SPDX-License-Identifier: MIT
#include "session/fair_turns.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace focus::core::session {

void FairTurns::join(const std::string& name) {
  if (places_.contains(name)) return;
  places_.emplace(name, round_.insert(round_.end(), Flow{name}));
}

void FairTurns::leave(const std::string& name) {
  const auto place = places_.find(name);
  if (place == places_.end()) return;
  round_.erase(place->second);
  places_.erase(place);
}

const std::string& FairTurns::next(const CostOf& cost_of) {
  for (std::size_t passed_over = 0;; ++passed_over) {
    if (passed_over == round_.size()) {
      skip_rounds(cost_of);
      passed_over = 0;
    }
    Flow& flow = round_.front();
    if (!flow.has_turn) {
      flow.has_turn = true;
      flow.saved += kQuantum;
    }
    if (flow.saved >= cost_of(flow.name)) return flow.name;
    flow.has_turn = false;
    round_.splice(round_.end(), round_, round_.begin());
  }
}

/// Everybody had a turn, and nobody could be served. Goes through the rounds at once in which that
/// would be so again, so that large costs take no more steps than small ones.
void FairTurns::skip_rounds(const CostOf& cost_of) {
  double fewest = std::numeric_limits<double>::infinity();
  for (const Flow& flow : round_) {
    fewest = std::min(fewest, std::ceil((cost_of(flow.name) - flow.saved) / kQuantum));
  }
  const double skipped = std::max(0.0, fewest - 1.0);
  for (Flow& flow : round_) flow.saved += skipped * kQuantum;
}

void FairTurns::charge(const std::string& name, double cost) {
  const auto place = places_.find(name);
  if (place != places_.end()) place->second->saved -= cost;
}

}  // namespace focus::core::session
