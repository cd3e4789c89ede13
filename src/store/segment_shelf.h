// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "audio/file.h"
#include "base/cancel.h"
#include "store/audio_bytes.h"
#include "store/records.h"

namespace focus::core::store {

/// The samples of a ready segment, read in any order. One thread at a time; stays readable while it
/// is held, also when the segment is dropped meanwhile.
class SegmentReader {
 public:
  virtual ~SegmentReader() = default;
  virtual std::int64_t frames() const = 0;
  /// Reads from `first_frame` on, up to out.frames(), and returns how many; fewer only at the end.
  virtual absl::StatusOr<std::int64_t> read(std::int64_t first_frame, audio::AudioView out) = 0;
};

/// The ready segments of a store's sessions and their audio. Thread-safe. A session that does not
/// exist is not_found; an error of a file names its path.
class SegmentShelf {
 public:
  virtual ~SegmentShelf() = default;

  /// Completes a claim of the WorkBoard: keeps the segment's audio and makes it ready, also after a
  /// kill of the process or a power cut. Returns the record with its path.
  ///
  /// `epoch` is the fence. In the transaction that makes the segment ready, the segment's claim
  /// must still have this epoch; otherwise the session was steered, or somebody else has the claim,
  /// and the answer is a conflict (field "claim"), or the cancelled error where `cancel` is set.
  /// Nothing is kept then, and what a newer claim has kept is not touched. A success ends the
  /// claim; after an error the caller gives it up. `audio` is taken only on success. `options` say
  /// how a file of it is written: its dither and its tags.
  virtual absl::StatusOr<SegmentRecord> put(const std::string& session_id, std::int64_t epoch,
                                            audio::AudioFormat format, SegmentRecord segment,
                                            audio::AudioBuffer&& audio,
                                            const audio::AudioFileOptions& options,
                                            const CancelToken& cancel) = 0;
  /// The ready segments, in order of index; those whose audio has gone, or has another size than it
  /// had, are left out and forgotten.
  virtual absl::StatusOr<std::vector<SegmentRecord>> list(const std::string& session_id) = 0;
  /// not_found (field "index") where the segment is not ready, or not kept any more. bad_data where
  /// its file does not have the content that was kept.
  virtual absl::StatusOr<std::unique_ptr<SegmentReader>> open(const std::string& session_id,
                                                              int index) = 0;
  /// The bytes of a ready segment's file, checked as by open(); null in a store without files.
  virtual absl::StatusOr<std::shared_ptr<const AudioBytes>> open_bytes(
      const std::string& session_id, int index) = 0;
  /// The segment is no longer ready, and can be claimed again. Does nothing where it is not ready.
  virtual absl::Status forget(const std::string& session_id, int index) = 0;

  /// How many segments ahead of the playhead it can hold; nothing when there is no bound.
  virtual std::optional<int> look_ahead_bound() const = 0;
  /// The listeners are at segment `index` or later: a bounded store drops the ones before. It keeps
  /// those of claims newer than `epoch`, which were made again for a listener that went back
  /// meanwhile.
  virtual void drop_before(const std::string& session_id, int index, std::int64_t epoch) = 0;
  /// No listener comes to segment `index` soon: a bounded store drops it and the ones behind it.
  /// Those of claims newer than `epoch` stay.
  virtual void drop_from(const std::string& session_id, int index, std::int64_t epoch) = 0;
  /// Nobody uses the session any more: a bounded store drops the segments of all claims up to
  /// `epoch`, and the session itself where it was ended.
  virtual void release(const std::string& session_id, std::int64_t epoch) = 0;
};

}  // namespace focus::core::store
