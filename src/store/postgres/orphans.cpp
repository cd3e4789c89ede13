// SPDX-License-Identifier: MIT
#include "store/postgres/orphans.h"

#include "base/error.h"

namespace focus::core::store {
namespace {

/// An object that is being put may be removed after this time, in milliseconds. A put that takes
/// longer, since the storage is away, fails in adopt_object().
#define FOCUS_PG_PUT_MS "86400000"
/// How long an object stays that was forgotten.
#define FOCUS_PG_FORGOTTEN_MS "60000"

}  // namespace

absl::Status expect_object(PgConnection& connection, const std::string& object) {
  return connection
      .run("INSERT INTO orphan (object, after) VALUES ($1, " FOCUS_PG_NOW " + " FOCUS_PG_PUT_MS
           ") ON CONFLICT (object) DO UPDATE SET after = EXCLUDED.after",
           {object})
      .status();
}

absl::Status adopt_object(PgConnection& connection, const std::string& object) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows gone,
      connection.run("DELETE FROM orphan WHERE object = $1 RETURNING object", {object}));
  if (!gone.empty()) return absl::OkStatus();
  return conflict("claim", "the audio was put too long ago, and may have been removed");
}

absl::Status abandon_segments(PgConnection& connection, const std::string& session_id, int first) {
  return connection
      .run("INSERT INTO orphan (object, after) SELECT object, " FOCUS_PG_NOW
           " + " FOCUS_PG_FORGOTTEN_MS
           " FROM segment WHERE session_id = $1 AND number >= $2 AND state = 2 "
           "ON CONFLICT DO NOTHING",
           {session_id, first})
      .status();
}

absl::Status abandon_object(PgConnection& connection, const std::string& object) {
  return connection
      .run("INSERT INTO orphan (object, after) VALUES ($1, " FOCUS_PG_NOW
           " + " FOCUS_PG_FORGOTTEN_MS ") ON CONFLICT DO NOTHING",
           {object})
      .status();
}

absl::StatusOr<std::vector<std::string>> removable_objects(PgPool& pool, int limit) {
  FOCUS_ASSIGN_OR_RETURN(
      const PgRows rows,
      pool.read("SELECT object FROM orphan WHERE after <= " FOCUS_PG_NOW " ORDER BY after LIMIT $1",
                {limit}));
  std::vector<std::string> objects;
  for (int row = 0; row < rows.count(); ++row) objects.push_back(rows.text(row, 0));
  return objects;
}

absl::Status forget_object(PgPool& pool, const std::string& object) {
  return pool.change("DELETE FROM orphan WHERE object = $1", {object}).status();
}

}  // namespace focus::core::store
