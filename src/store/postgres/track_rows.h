// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/postgres/message_shelf.h"
#include "store/postgres/pool.h"
#include "store/records.h"

namespace focus::core::store {

/// The rows of tracks, without their audio.
class PgTrackRows {
 public:
  PgTrackRows(PgPool& pool, PgMessageShelf& messages) : pool_(pool), messages_(messages) {}

  /// See TrackShelf::add, whose checks these are: the session has so many changes, and the segment
  /// has no track.
  absl::Status check(const TrackRecord& track, int changes);
  /// The track's audio is about to be put.
  absl::Status begin(const std::string& object);
  /// Adds the row of a track whose audio was put, after the same checks.
  absl::Status add(const TrackRecord& track, const std::string& object, int changes);

  absl::StatusOr<TrackRecord> find(const std::string& id);
  absl::StatusOr<std::string> object(const std::string& id);
  absl::StatusOr<std::vector<TrackRecord>> list();
  absl::StatusOr<std::vector<TrackRecord>> list_of(const TrackQuery& query);
  absl::StatusOr<std::optional<TrackRecord>> of_segment(const std::string& session_id, int index);
  absl::Status remove(const std::string& id);

 private:
  PgPool& pool_;
  PgMessageShelf& messages_;
};

}  // namespace focus::core::store
