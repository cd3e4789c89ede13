// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/memory_state.h"
#include "store/segment_shelf.h"

namespace focus::core::store {

/// Keeps the very samples that a file of the session's format would give back (the lossy ones
/// apart), so that it sounds the same. Bounded: see MemoryStore.
class MemorySegmentShelf final : public SegmentShelf {
 public:
  MemorySegmentShelf(MemoryState& state, int look_ahead) : state_(state), look_ahead_(look_ahead) {}

  absl::StatusOr<SegmentRecord> put(const std::string& session_id, std::int64_t epoch,
                                    audio::AudioFormat format, SegmentRecord segment,
                                    audio::AudioBuffer&& audio,
                                    const audio::AudioFileOptions& options,
                                    const CancelToken& cancel) override;
  absl::StatusOr<std::vector<SegmentRecord>> list(const std::string& session_id) override;
  absl::StatusOr<std::unique_ptr<SegmentReader>> open(const std::string& session_id,
                                                      int index) override;
  absl::StatusOr<std::shared_ptr<const AudioBytes>> open_bytes(const std::string&, int) override {
    return std::shared_ptr<const AudioBytes>();
  }
  absl::Status forget(const std::string& session_id, int index) override;
  std::optional<int> look_ahead_bound() const override { return look_ahead_; }
  void drop_before(const std::string& session_id, int index, std::int64_t epoch) override;
  void drop_from(const std::string& session_id, int index, std::int64_t epoch) override;
  void release(const std::string& session_id, std::int64_t epoch) override;

 private:
  void drop(const std::string& session_id, int first, int end, std::int64_t epoch);
  static void drop_locked(MemoryState::Session& session, int first, int end, std::int64_t epoch);

  MemoryState& state_;
  const int look_ahead_;
};

}  // namespace focus::core::store
