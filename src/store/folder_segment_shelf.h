// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/atomic_file.h"
#include "store/data_folder.h"
#include "store/file_checks.h"
#include "store/segment_shelf.h"
#include "store/shared_catalogue.h"

namespace focus::core::store {

/// A row in the catalogue and a file in the session's folder for each ready segment. A row without
/// its file is forgotten when the segments are listed; a file without a row, which only a kill
/// leaves, is removed before the next file of that name is put.
class FolderSegmentShelf final : public SegmentShelf {
 public:
  FolderSegmentShelf(SharedCatalogue& shared, const DataFolder& folder, FileChecks& checks)
      : shared_(shared), folder_(folder), checks_(checks) {}

  absl::StatusOr<SegmentRecord> put(const std::string& session_id, std::int64_t epoch,
                                    audio::AudioFormat format, SegmentRecord segment,
                                    audio::AudioBuffer&& audio,
                                    const audio::AudioFileOptions& options,
                                    const CancelToken& cancel) override;
  absl::StatusOr<std::vector<SegmentRecord>> list(const std::string& session_id) override;
  absl::StatusOr<std::unique_ptr<SegmentReader>> open(const std::string& session_id,
                                                      int index) override;
  absl::StatusOr<std::shared_ptr<const AudioBytes>> open_bytes(const std::string& session_id,
                                                               int index) override;
  absl::Status forget(const std::string& session_id, int index) override;
  /// A folder is not bounded by the playhead: what was made stays.
  std::optional<int> look_ahead_bound() const override { return std::nullopt; }
  void drop_before(const std::string&, int, std::int64_t) override {}
  void drop_from(const std::string&, int, std::int64_t) override {}
  void release(const std::string&, std::int64_t) override {}

 private:
  /// A segment on its way, and the claim that it completes.
  struct Piece {
    const std::string& session_id;
    std::int64_t epoch = 0;
    const CancelToken& cancel;
    SegmentRecord record;
  };

  absl::StatusOr<std::shared_ptr<const FileAudioBytes>> open_checked(const std::string& session_id,
                                                                     int index);
  absl::Status begin(const Piece& piece);
  absl::Status write(Piece& piece, audio::AudioFormat format, const audio::AudioBuffer& audio,
                     const audio::AudioFileOptions& options);
  absl::Status make_ready(const Piece& piece, AtomicFile& file);
  absl::Status make_durable(const Piece& piece);
  absl::Status forget_lost(const std::string& session_id, const SegmentTable::Row& row);

  SharedCatalogue& shared_;
  const DataFolder& folder_;
  FileChecks& checks_;
};

}  // namespace focus::core::store
