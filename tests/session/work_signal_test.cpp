// SPDX-License-Identifier: MIT
#include "session/work_signal.h"

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("marks that were taken and could not be followed are missed, once") {
  session::WorkSignal signal;
  CHECK_FALSE(signal.take_missed());
  const auto before = signal.count();
  signal.miss();
  CHECK(signal.count() > before);  // so that no worker waits
  CHECK(signal.take_missed());
  CHECK_FALSE(signal.take_missed());
}
