// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include <absl/status/status.h>

#include "store/postgres/pool.h"

namespace focus::core::store {

/// What one version of the schema adds to the one before.
struct PgSchemaStep {
  const char* sql;
  /// Whether builds that know only the versions before go on serving on it. While a cluster is
  /// upgraded, both builds are at work: so a step adds tables, and columns with defaults, and takes
  /// nothing away. A step that can not do that ends the work of older builds.
  bool older_builds_go_on = true;
};

/// The steps of this build, the oldest first. Its version is their number.
std::span<const PgSchemaStep> pg_schema();

/// Creates the tables, or brings those of an older build up to date, in the database's schema
/// `focus_session`. Nodes that do so at the same time wait for each other. Fault::unsupported where
/// a newer build has written what this one would misread.
absl::Status prepare_pg_schema(PgPool& pool, std::span<const PgSchemaStep> steps = pg_schema());

}  // namespace focus::core::store
