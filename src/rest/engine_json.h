// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engines/engine.h"

namespace focus::core::rest {

/// The response of "list music engines" as one line of JSON.
std::string engines_json(const std::vector<std::shared_ptr<engines::MusicEngine>>& engines);

}  // namespace focus::core::rest
