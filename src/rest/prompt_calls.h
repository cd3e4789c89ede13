// SPDX-License-Identifier: MIT
// The call that concerns a prompt alone.
#pragma once

#include "rest/context.h"

namespace focus::core::rest {

/// Tells how a prompt is understood. Starts, stores and costs nothing.
Answer read_prompt(RestContext& context, const Call& call);

}  // namespace focus::core::rest
