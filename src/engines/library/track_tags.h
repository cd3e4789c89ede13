// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "engines/library/features.h"

namespace focus::core::engines {

/// Reads what a file says of itself, by TagLib, which opens it for reading alone. Tags that are
/// missing or damaged are left empty: they are no reason not to play a file.
TrackTags read_tags(const std::string& path);

}  // namespace focus::core::engines
