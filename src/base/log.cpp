// SPDX-License-Identifier: MIT
#include "base/log.h"

#include "base/lock_rank.h"

namespace focus::core {

void Log::write(LogLevel level, const std::string& message) const {
  if (!outlet_ || level < outlet_->least) return;
  assert_no_lock();
  const std::lock_guard lock(outlet_->one_at_a_time);
  outlet_->sink(level, message);
}

}  // namespace focus::core
