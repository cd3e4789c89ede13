// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "store/audio_bytes.h"
#include "store/records.h"

namespace focus::core::store {

/// The tracks of a store: segments that outlive their sessions. Thread-safe. A track that does not
/// exist is not_found.
class TrackShelf {
 public:
  virtual ~TrackShelf() = default;

  /// Keeps audio as a track, and then its record in one transaction; a power cut after that loses
  /// neither. A segment's file is shared with it where the file system can; audio in memory stays
  /// shared in a store without files. Returns the record with its path and bytes.
  ///
  /// `changes` is how many changes the track's session had when `audio` and the record were looked
  /// at. Where the session was steered since, the segment may be a different one: a conflict (field
  /// "changes"), and the caller looks again. not_found where the session is gone.
  /// A segment has one track at most, until a change replaces that segment: promoted_already().
  virtual absl::StatusOr<TrackRecord> add(TrackRecord track, const AudioBytes& audio,
                                          int changes) = 0;
  virtual absl::StatusOr<TrackRecord> find(const std::string& id) = 0;
  /// Oldest first.
  virtual absl::StatusOr<std::vector<TrackRecord>> list() = 0;
  /// Newest first.
  virtual absl::StatusOr<std::vector<TrackRecord>> list_of(const TrackQuery& query) = 0;
  /// The track of a segment as it is now; nothing where there is none.
  virtual absl::StatusOr<std::optional<TrackRecord>> of_segment(const std::string& session_id,
                                                                int index) = 0;
  virtual absl::Status remove(const std::string& id) = 0;
  /// bad_data where its file does not have the content that was kept. Nothing can make it again.
  virtual absl::StatusOr<std::shared_ptr<const AudioBytes>> open(const std::string& id) = 0;
};

}  // namespace focus::core::store
