// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/memory_state.h"
#include "store/track_shelf.h"

namespace focus::core::store {

class MemoryTrackShelf final : public TrackShelf {
 public:
  explicit MemoryTrackShelf(MemoryState& state) : state_(state) {}

  absl::StatusOr<TrackRecord> add(TrackRecord track, const AudioBytes& audio, int changes) override;
  absl::StatusOr<TrackRecord> find(const std::string& id) override;
  absl::StatusOr<std::vector<TrackRecord>> list() override;
  absl::StatusOr<std::vector<TrackRecord>> list_of(const TrackQuery& query) override;
  absl::StatusOr<std::optional<TrackRecord>> of_segment(const std::string& session_id,
                                                        int index) override;
  absl::Status remove(const std::string& id) override;
  absl::StatusOr<std::shared_ptr<const AudioBytes>> open(const std::string& id) override;

 private:
  const MemoryState::Track* of_segment_locked(const std::string& session_id, int index) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);
  absl::StatusOr<std::vector<MemoryState::Track>::const_iterator> find_locked(
      const std::string& id) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_.mutex);

  MemoryState& state_;
};

}  // namespace focus::core::store
