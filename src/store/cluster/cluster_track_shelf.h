// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "store/objects/object_shelf.h"
#include "store/postgres/segment_rows.h"
#include "store/postgres/track_rows.h"
#include "store/track_shelf.h"

namespace focus::core::store {

/// The tracks of a cluster: their rows in PostgreSQL, their audio as shared objects. The object of
/// a segment is copied by the storage itself, and does not come through this node.
class ClusterTrackShelf final : public TrackShelf {
 public:
  ClusterTrackShelf(PgPool& pool, PgMessageShelf& messages, ObjectShelf& objects,
                    std::string work_folder)
      : rows_(pool, messages),
        segments_(pool, messages),
        objects_(objects),
        work_folder_(std::move(work_folder)) {}

  absl::StatusOr<TrackRecord> add(TrackRecord track, const AudioBytes& audio, int changes) override;
  absl::StatusOr<TrackRecord> find(const std::string& id) override;
  absl::StatusOr<std::vector<TrackRecord>> list() override;
  absl::StatusOr<std::vector<TrackRecord>> list_of(const TrackQuery& query) override;
  absl::StatusOr<std::optional<TrackRecord>> of_segment(const std::string& session_id,
                                                        int index) override;
  absl::Status remove(const std::string& id) override;
  absl::StatusOr<std::shared_ptr<const AudioBytes>> open(const std::string& id) override;

 private:
  absl::Status put(const std::string& object, const TrackRecord& track, const AudioBytes& audio);

  PgTrackRows rows_;
  PgSegmentRows segments_;
  ObjectShelf& objects_;
  const std::string work_folder_;
};

}  // namespace focus::core::store
