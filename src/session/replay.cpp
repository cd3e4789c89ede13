// SPDX-License-Identifier: MIT
#include "session/replay.h"

#include <utility>

#include "plan/planner.h"

namespace focus::core::session {

std::shared_ptr<const plan::Plan> replay(std::shared_ptr<const plan::Plan> plan,
                                         const std::vector<plan::Change>& history,
                                         std::size_t known) {
  for (std::size_t k = known; k < history.size(); ++k) {
    if (!plan->check_change(history[k]).ok()) continue;
    plan = std::make_shared<const plan::Plan>(steered(*plan, history[k]));
  }
  return plan;
}

std::shared_ptr<const plan::Plan> replay(const store::SessionRecord& record) {
  return replay(std::make_shared<const plan::Plan>(planned(record.request, *record.request.seed)),
                record.history, 0);
}

}  // namespace focus::core::session
