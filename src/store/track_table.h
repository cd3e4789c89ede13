// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/database.h"
#include "store/records.h"

namespace focus::core::store {

/// The catalogue's table of tracks. A record's path is not kept: the folder gives it. Not
/// thread-safe, like the database.
class TrackTable {
 public:
  explicit TrackTable(Database& database) : database_(database) {}

  /// Whether the session's segment still is what was promoted.
  enum class Segment { present, gone };
  absl::Status add(const TrackRecord& track, Segment segment = Segment::present);
  absl::StatusOr<TrackRecord> find(const std::string& id);
  /// Oldest first.
  absl::StatusOr<std::vector<TrackRecord>> list();
  absl::StatusOr<std::vector<TrackRecord>> list(const TrackQuery& query);
  /// The track of a segment as it is now; nothing where it was not promoted.
  absl::StatusOr<std::optional<TrackRecord>> of_segment(const std::string& session_id, int index);
  absl::Status remove(const std::string& id);
  /// Notes that a change has replaced the session's segments from `first_gone` on: their tracks are
  /// no longer those of a segment.
  absl::Status segments_gone(const std::string& session_id, int first_gone);

 private:
  absl::StatusOr<std::optional<TrackRecord>> first_of(Statement select);

  Database& database_;
};

}  // namespace focus::core::store
