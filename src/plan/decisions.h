// SPDX-License-Identifier: MIT
#pragma once

#include "plan/draft.h"

namespace focus::core::plan {

/// Draws key, tempo and `drawn_at` of every new segment of the draft. The segments must be there
/// with their phases. Does not look at where they start.
void draw_decisions(Draft& draft);

}  // namespace focus::core::plan
