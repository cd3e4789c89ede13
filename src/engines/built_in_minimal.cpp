// SPDX-License-Identifier: MIT
#include <memory>

#include "engines/built_in.h"
#include "engines/studio/studio_engine.h"

namespace focus::core::engines {

absl::Status add_built_in(EngineRegistry& registry) {
  return registry.add(std::make_shared<StudioEngine>());
}

}  // namespace focus::core::engines
