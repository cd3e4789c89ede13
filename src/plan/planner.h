// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "plan/plan.h"

namespace focus::core::plan {

/// Plans a session. A pure function; `request` must be valid (see validate).
///
/// Segments start on the bar lines nearest to equal parts of the target (of each phase, where there
/// are phases). They overlap by whole bars of the newer one, nearest to 8 s (4 to 16 s, at most a
/// tenth of either segment).
Plan planned(Request request, std::uint64_t seed);

/// Returns the plan after one more change, for which `before.check_change` was ok. The plan keeps
/// the segments that start before the change and plans all later segments again. The cost does not
/// depend on the number of earlier changes.
Plan steered(const Plan& before, const Change& change);

}  // namespace focus::core::plan
