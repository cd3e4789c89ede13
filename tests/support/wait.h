// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <thread>

#include "support/patience.h"

namespace focus::test {

/// Waits until `condition` holds; false when it did not within a time that no test comes near.
template <typename Condition>
bool eventually(Condition condition) {
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(FOCUS_TEST_PATIENCE_SECONDS);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace focus::test
