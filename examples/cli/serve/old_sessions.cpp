// SPDX-License-Identifier: MIT
#include "serve/old_sessions.h"

#include <string>

namespace cli {

int remove_old_sessions(focus::Service& service, std::chrono::hours keep, std::int64_t now) {
  int removed = 0;
  for (const std::string& id : service.sessions()) {
    try {
      const focus::SessionInfo info = service.open(id).snapshot().info();
      const std::int64_t end = info.created_at + std::int64_t{60} * info.target_minutes;
      if (now - end <= std::chrono::seconds(keep).count()) continue;
      service.remove_session(id);
      ++removed;
    } catch (const focus::Error&) {
      // It has gone meanwhile, or can not be removed now: the next time tells.
    }
  }
  return removed;
}

}  // namespace cli
