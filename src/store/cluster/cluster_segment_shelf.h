// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/mutex.h"
#include "store/objects/object_shelf.h"
#include "store/objects/upload_outbox.h"
#include "store/postgres/segment_rows.h"
#include "store/segment_shelf.h"
#include "store/shared_board.h"

namespace focus::core::store {

/// The ready segments of a cluster: their rows in PostgreSQL, their audio as shared objects.
///
/// An object's name has the epoch of the claim that has made it ("sessions/ID/007-EPOCH.flac"), so
/// that it is written once and never replaced, and the row says which one counts. The object is put
/// first, then the row: a row's object is there. An object whose row does not come is among the
/// orphans from before it was put, and is swept.
///
/// Where the segments are that this node has seen is remembered: while the database is away, their
/// audio is read on. It is the right audio for as long as a session is not steered, which it can
/// not be meanwhile.
class ClusterSegmentShelf final : public SegmentShelf {
 public:
  /// All outlive the shelf. Files are written in the outbox, and wait there while the storage is
  /// away, with their claims extended.
  ClusterSegmentShelf(PgPool& pool, PgMessageShelf& messages, ObjectShelf& objects,
                      UploadOutbox& outbox, SharedBoard& board)
      : rows_(pool, messages), objects_(objects), outbox_(outbox), board_(board) {}

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

  /// See Cluster.
  absl::StatusOr<std::optional<std::string>> direct_url(const std::string& session_id, int index,
                                                        std::int64_t now, std::int64_t until);

  std::optional<int> look_ahead_bound() const override { return std::nullopt; }
  void drop_before(const std::string&, int, std::int64_t) override {}
  void drop_from(const std::string&, int, std::int64_t) override {}
  void release(const std::string&, std::int64_t) override {}

 private:
  void remember(const std::string& session_id, int index, const PgSegmentRows::Place& place);
  /// The place of a ready segment, as the database has it or, while that is away, as it had it.
  absl::StatusOr<PgSegmentRows::Place> place_of(const std::string& session_id, int index);
  absl::Status keep(const std::string& session_id, std::int64_t epoch, audio::AudioFormat format,
                    SegmentRecord& record, const audio::AudioBuffer& audio,
                    const audio::AudioFileOptions& options, const CancelToken& cancel);

  PgSegmentRows rows_;
  ObjectShelf& objects_;
  UploadOutbox& outbox_;
  SharedBoard& board_;
  Mutex mutex_;
  std::map<std::pair<std::string, int>, PgSegmentRows::Place> seen_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::store
