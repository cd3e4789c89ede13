// SPDX-License-Identifier: MIT
#include "store/postgres/duties.h"

#include "base/error.h"
#include "store/postgres/orphans.h"

namespace focus::core::store {

absl::StatusOr<bool> PgDuties::take(const std::string& duty, const std::string& node) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows taken,
      pool_.change("INSERT INTO duty AS old (name, node, lease_until) VALUES ($1, $2, $3 "
                   "+ " FOCUS_PG_NOW ") ON CONFLICT (name) DO UPDATE SET node = EXCLUDED.node, "
                   "lease_until = EXCLUDED.lease_until "
                   "WHERE old.node = EXCLUDED.node OR old.lease_until <= " FOCUS_PG_NOW
                   " RETURNING 1",
                   {duty, node, std::int64_t{kLeaseSeconds} * 1000}));
  return !taken.empty();
}

absl::Status PgDuties::leave(const std::string& duty, const std::string& node) {
  return pool_.change("DELETE FROM duty WHERE name = $1 AND node = $2", {duty, node}).status();
}

absl::StatusOr<int> PgDuties::sweep(int limit) {
  FOCUS_RETURN_IF_ERROR(
      pool_.change("DELETE FROM rate WHERE window_start < " FOCUS_PG_NOW " / 60000 - 1", {})
          .status());
  FOCUS_RETURN_IF_ERROR(
      pool_.change("DELETE FROM node WHERE seen < " FOCUS_PG_NOW " - 86400000", {}).status());
  FOCUS_ASSIGN_OR_RETURN(const auto objects, removable_objects(pool_, limit));
  absl::Status failed;  // the first error: one object must not keep the others
  int removed = 0;
  for (const std::string& object : objects) {
    // The object first: where this process ends in between, it is removed again, which is nothing.
    absl::Status done = objects_.remove(object);
    if (done.ok()) done = forget_object(pool_, object);
    removed += done.ok() ? 1 : 0;
    failed.Update(done);
  }
  FOCUS_RETURN_IF_ERROR(failed);
  return removed;
}

}  // namespace focus::core::store
