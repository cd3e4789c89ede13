// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "plan/draft.h"

namespace focus::core::plan {

/// Draws key, tempo and `drawn_at` of every new segment of the draft. The segments must be there
/// with their phases. Does not look at where they start.
void draw_decisions(Draft& draft);

/// The modes of a goal's music.
std::span<const Mode> modes_for(Goal character);

}  // namespace focus::core::plan
