// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/score/palette.h"
#include "engines/studio/score/style.h"

namespace focus::core::engines::studio {

/// Adapts a goal's style to the prompt and to the levels that the listener has set.
void bend(Style& style, const plan::Brief& brief);

/// Applies the palette's values to the style: brightness, reverberation and the percussion figure.
void furnish(Style& style, const Palette& palette);

}  // namespace focus::core::engines::studio
