// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "store/objects/pause.h"

namespace focus::test {

/// Waits in no time, and remembers for how long.
class InstantPause final : public core::store::Pause {
 public:
  bool wait(double seconds) override {
    std::function<void()> then;
    {
      const std::lock_guard guard(mutex_);
      waits_.push_back(seconds);
      then = on_wait;
    }
    if (then) then();
    return !stopped();
  }
  std::vector<double> waits() const {
    const std::lock_guard guard(mutex_);
    return waits_;
  }
  double total() const {
    double sum = 0;
    for (const double wait : waits()) sum += wait;
    return sum;
  }

  std::function<void()> on_wait;  ///< called by each wait; set before the first one

 private:
  mutable std::mutex mutex_;
  std::vector<double> waits_;
};

}  // namespace focus::test
