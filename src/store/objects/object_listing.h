// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace focus::core::store {

/// A part of the names of all objects.
struct ObjectListing {
  std::vector<std::string> names;  ///< in ascending order of bytes
  bool more = false;               ///< names after the last one follow
};

}  // namespace focus::core::store
