// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "plan/draft.h"

namespace focus::core::plan {

/// Decides where every new segment of the draft starts, how far it overlaps the one before, how it
/// is made, and how the session ends. Needs the wanted ends and the bars (see draw_decisions), and
/// the start of the first new segment.
void lay_out(Draft& draft);

/// How long a segment overlaps the one before: the whole number of bars nearest to the usual
/// overlap, within what the shorter of both allows. In hundredths of a second, as `bar` is.
int overlap_for(int bar, std::int64_t shorter_segment);

}  // namespace focus::core::plan
