// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace focus::core::plan {

/// A part of a session that listeners may want to go to.
struct Chapter {
  std::int64_t start = 0;  ///< in hundredths of a second of the session
  std::string title;       ///< "Movement B (G mixolydian)", "Work 2, movement A'", "Break 1"
};

/// The movements of a session and its breaks, in their order; the first begins at 0. A session that
/// is one movement has one chapter.
std::vector<Chapter> chapters_of(const Plan& plan);

}  // namespace focus::core::plan
