// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/score/palette.h"
#include "engines/studio/score/style.h"

namespace focus::core::studio {

/// Bends a goal's style to what a prompt leans to and to the levels that the listener has set.
void bend(Style& style, const Brief& brief);

/// Gives the style the room that the palette has drawn.
void furnish(Style& style, const Palette& palette);

}  // namespace focus::core::studio
