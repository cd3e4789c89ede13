// SPDX-License-Identifier: MIT
#include "base/log.h"

#include <mutex>

namespace focus::core {

void Log::write(LogLevel level, const std::string& message) const {
  if (!sink_) return;
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  sink_(level, message);
}

}  // namespace focus::core
