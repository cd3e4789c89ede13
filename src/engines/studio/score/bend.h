// SPDX-License-Identifier: MIT
#pragma once

#include "engines/studio/score/style.h"

namespace focus::core::studio {

/// Bends a goal's style to what a prompt leans to and to the levels that the listener has set.
void bend(Style& style, const Brief& brief);

/// A figure busier (or calmer) by some steps, as far as there are any.
KitFigure stepped(KitFigure kit, int steps);

}  // namespace focus::core::studio
