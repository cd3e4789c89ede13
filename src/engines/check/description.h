// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "engines/engine.h"

namespace focus::core {

/// What is wrong with what an engine says of itself and how to mend it; "" where nothing is.
std::string fault_of(const EngineInfo& info);

}  // namespace focus::core
