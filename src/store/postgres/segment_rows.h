// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/format.h"
#include "store/postgres/message_shelf.h"
#include "store/postgres/pool.h"
#include "store/records.h"

namespace focus::core::store {

/// The rows of ready segments, without their audio.
class PgSegmentRows {
 public:
  PgSegmentRows(PgPool& pool, PgMessageShelf& messages) : pool_(pool), messages_(messages) {}

  /// A claim is about to put its audio under the name `object`. A conflict (field "claim") where
  /// the claim is no longer the current one.
  absl::Status begin(const std::string& session_id, int index, std::int64_t epoch,
                     const std::string& object);

  /// Makes the segment ready with the audio that was put, settles the money that is held for the
  /// claim, and tells the other nodes, all in one transaction. A conflict (field "claim") where the
  /// claim is no longer the current one: nothing is changed then.
  absl::Status complete(const std::string& session_id, std::int64_t epoch,
                        const SegmentRecord& segment, const std::string& object);

  /// Where the audio of a ready segment is.
  struct Place {
    std::string object;
    audio::AudioFormat format = audio::AudioFormat::flac16;
    std::int64_t bytes = 0;
    std::string digest;
  };
  absl::StatusOr<Place> find(const std::string& session_id, int index);
  struct Row {
    SegmentRecord record;
    Place place;
  };
  absl::StatusOr<std::vector<Row>> list(const std::string& session_id);

  absl::Status forget(const std::string& session_id, int index);

 private:
  PgPool& pool_;
  PgMessageShelf& messages_;
};

}  // namespace focus::core::store
