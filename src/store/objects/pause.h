// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "base/mutex.h"

namespace focus::core::store {

/// The waits between attempts, which can be ended together. A test waits in no time: it overrides
/// wait(). Thread-safe.
class Pause {
 public:
  virtual ~Pause() = default;
  /// Waits this long. Returns false, at once, when stop() was called.
  virtual bool wait(double seconds);
  /// Ends all waits, those to come too. Does not block.
  void stop();
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

 private:
  Mutex mutex_;
  CondVar ended_;
  std::atomic<bool> stopped_{false};
};

/// How often a call is attempted, and how long it waits in between.
struct RetryRule {
  int attempts = 4;
  double first_seconds = 0.2;  ///< the longest wait after the first attempt; each later one doubles
  double most_seconds = 5.0;   ///< no wait is longer
};

/// The wait after attempt number `attempt` (from 1 on) has failed: between half of the longest and
/// the longest, as `chance` in [0, 1) has it, so that many callers do not come back together.
double wait_after(const RetryRule& rule, int attempt, double chance);

}  // namespace focus::core::store
