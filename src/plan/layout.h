// SPDX-License-Identifier: MIT
#pragma once

#include "plan/draft.h"

namespace focus::core::plan {

/// Decides where every new segment of the draft starts, how far it overlaps the one before, how it
/// is made, and how the session ends. Needs the wanted ends and the bars (see draw_decisions), and
/// the start of the first new segment.
void lay_out(Draft& draft);

}  // namespace focus::core::plan
