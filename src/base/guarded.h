// SPDX-License-Identifier: MIT
// The two ways to call what may throw from where nothing may: as an error, or not at all.
#pragma once

#include <string_view>
#include <utility>

#include "base/error.h"

namespace focus::core {

/// Runs `body`, which returns an absl::Status or absl::StatusOr, and converts an exception to an
/// error. `doing` names the work for its message ("making a segment"). Never throws, so that it can
/// stand at the top of a thread.
template <typename Body>
auto caught(std::string_view doing, Body&& body) noexcept -> decltype(body()) {
  try {
    return std::forward<Body>(body)();
  } catch (...) {
    return error_of_exception(doing);
  }
}

/// Runs `body` and drops an exception: for destructors, and for steps without which the rest must
/// still happen. Returns whether there was none.
template <typename Body>
bool without_throwing(Body&& body) noexcept {
  try {
    std::forward<Body>(body)();
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace focus::core
