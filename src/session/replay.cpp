// SPDX-License-Identifier: MIT
#include "session/replay.h"

#include <utility>

#include "plan/planner.h"

namespace focus::core {

std::shared_ptr<const Plan> replay(std::shared_ptr<const Plan> plan,
                                   const std::vector<Change>& history, std::size_t known) {
  for (std::size_t k = known; k < history.size(); ++k) {
    if (!plan->check_change(history[k]).ok()) continue;
    plan = std::make_shared<const Plan>(steered(*plan, history[k]));
  }
  return plan;
}

std::shared_ptr<const Plan> replay(const SessionRecord& record) {
  return replay(std::make_shared<const Plan>(planned(record.request, *record.request.seed)),
                record.history, 0);
}

}  // namespace focus::core
