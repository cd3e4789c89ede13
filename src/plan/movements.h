// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "plan/form.h"

namespace focus::core::plan {

/// Draws the movements of a session, without their bars. After a change the first is the one that
/// was playing.
std::vector<Movement> draw_movements(const Form::Question& question);

/// By how much the planned level rises from tension 0 to 1, in LU.
double level_span_lu(Goal character);

}  // namespace focus::core::plan
