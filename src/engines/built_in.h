// SPDX-License-Identifier: MIT
#pragma once

#include <absl/status/status.h>

#include "engines/registry.h"

namespace focus::core::engines {

/// Adds the engines that the library brings along: `studio`, and `soundscape` except in the build
/// for small devices.
absl::Status add_built_in(EngineRegistry& registry);

}  // namespace focus::core::engines
