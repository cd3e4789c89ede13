// SPDX-License-Identifier: MIT
#pragma once

#include <absl/types/span.h>

namespace focus::core::store {

/// What each version of the catalogue's schema added to the one before, oldest first: SQL. The
/// number of a version is how many steps led to it. A step that was released never changes.
absl::Span<const char* const> catalogue_schema_steps();

}  // namespace focus::core::store
