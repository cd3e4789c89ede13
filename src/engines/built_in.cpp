// SPDX-License-Identifier: MIT
#include "engines/built_in.h"

#include <memory>

#include "base/error.h"
#include "engines/soundscape/soundscape_engine.h"
#include "engines/studio/studio_engine.h"

namespace focus::core::engines {

absl::Status add_built_in(EngineRegistry& registry) {
  FOCUS_RETURN_IF_ERROR(registry.add(std::make_shared<StudioEngine>()));
  return registry.add(std::make_shared<SoundscapeEngine>());
}

}  // namespace focus::core::engines
