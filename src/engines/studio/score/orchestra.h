// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/score/palette.h"

namespace focus::core::studio {

/// Decides who plays: from what suits the goal, with what the prompt wants and without what it does
/// not.
void orchestrate(const Brief& brief, Palette& palette);

}  // namespace focus::core::studio
