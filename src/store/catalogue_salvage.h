// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/statusor.h>

#include "store/catalogue.h"

namespace focus::core::store {

/// Copies the rows that can still be read of the catalogue in the file `damaged` to `target`, which
/// is new. A damaged page costs the rows that lie on it. Claims, holds and leftovers are not
/// copied: they are of processes that are gone. @return how many rows were copied; 0 where the file
/// is no database at all. Fault::unsupported where a newer version of the library has written it.
absl::StatusOr<int> salvage_catalogue(const std::string& damaged, Catalogue& target);

}  // namespace focus::core::store
