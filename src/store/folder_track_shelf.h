// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/data_folder.h"
#include "store/file_checks.h"
#include "store/shared_catalogue.h"
#include "store/track_shelf.h"

namespace focus::core::store {

/// A row in the catalogue and a file in the folder `tracks` for each track.
class FolderTrackShelf final : public TrackShelf {
 public:
  FolderTrackShelf(SharedCatalogue& shared, const DataFolder& folder, FileChecks& checks)
      : shared_(shared), folder_(folder), checks_(checks) {}

  absl::StatusOr<TrackRecord> add(TrackRecord track, const AudioBytes& audio, int changes) override;
  absl::StatusOr<TrackRecord> find(const std::string& id) override;
  absl::StatusOr<std::vector<TrackRecord>> list() override;
  absl::StatusOr<std::vector<TrackRecord>> list_of(const TrackQuery& query) override;
  absl::StatusOr<std::optional<TrackRecord>> of_segment(const std::string& session_id,
                                                        int index) override;
  absl::Status remove(const std::string& id) override;
  absl::StatusOr<std::shared_ptr<const AudioBytes>> open(const std::string& id) override;

 private:
  absl::Status add_leftovers(const std::string& file, const std::string& note);
  absl::Status keep(const TrackRecord& track, const AudioBytes& audio, int changes);
  absl::Status record(const TrackRecord& track, int changes);
  absl::Status make_leftover(const TrackRecord& track);
  std::vector<TrackRecord> with_paths(std::vector<TrackRecord> tracks) const;

  SharedCatalogue& shared_;
  const DataFolder& folder_;
  FileChecks& checks_;
};

}  // namespace focus::core::store
