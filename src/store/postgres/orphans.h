// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/postgres/pool.h"

namespace focus::core::store {

/// Notes that an object is about to be put. Until adopt_object() it counts as one that nobody uses,
/// so that it is removed where its maker is killed in between.
absl::Status expect_object(PgConnection& connection, const std::string& object);
/// In the transaction of the row that uses it: the object is used from here on. A conflict (field
/// "claim") where it took so long that the object may have been removed.
absl::Status adopt_object(PgConnection& connection, const std::string& object);
/// The objects of the session's ready segments from `first` on are used no longer.
absl::Status abandon_segments(PgConnection& connection, const std::string& session_id, int first);
/// The same of one object.
absl::Status abandon_object(PgConnection& connection, const std::string& object);

/// At most `limit` objects that may be removed now, the oldest first. What is forgotten stays for a
/// minute, for nodes that are about to open it.
absl::StatusOr<std::vector<std::string>> removable_objects(PgPool& pool, int limit);
/// The object is removed.
absl::Status forget_object(PgPool& pool, const std::string& object);

}  // namespace focus::core::store
