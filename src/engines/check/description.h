// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "engines/engine.h"

namespace focus::core::engines {

/// Returns what is wrong with an engine's description and how to correct it, or "".
std::string description_fault(const EngineInfo& info);

}  // namespace focus::core::engines
