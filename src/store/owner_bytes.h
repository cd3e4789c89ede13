// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <absl/status/statusor.h>

#include "store/database.h"
#include "store/store.h"

namespace focus::core::store {

/// Reads every segment and track once.
absl::StatusOr<std::vector<OwnerBytes>> read_bytes_by_owner(Database& database);

}  // namespace focus::core::store
