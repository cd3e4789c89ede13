// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/score/palette.h"

namespace focus::core::engines::studio {

/// Chooses the palette's instruments: those that suit the goal, with those that the prompt asks for
/// and without those that it excludes.
void orchestrate(const plan::Brief& brief, const plan::Movement& movement, Palette& palette);

}  // namespace focus::core::engines::studio
