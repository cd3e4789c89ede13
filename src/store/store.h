// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"
#include "store/audio_bytes.h"
#include "store/records.h"
#include "store/spend_ledger.h"

namespace focus::core {

/// The samples of a ready segment, read in any order. One thread at a time; stays readable while it
/// is held, also when the segment is dropped meanwhile.
class SegmentReader {
 public:
  virtual ~SegmentReader() = default;
  virtual std::int64_t frames() const = 0;
  /// Reads from `first_frame` on, up to out.frames(), and returns how many; fewer only at the end.
  virtual absl::StatusOr<std::int64_t> read(std::int64_t first_frame, AudioView out) = 0;
};

/// Where sessions and their segments are kept. Thread-safe. Every error names the path it is about.
class Store {
 public:
  virtual ~Store() = default;

  virtual absl::Status add_session(const SessionRecord& session) = 0;
  virtual absl::StatusOr<SessionRecord> session(const std::string& id) = 0;
  /// Oldest first.
  virtual absl::StatusOr<std::vector<std::string>> session_ids() = 0;
  virtual absl::Status set_ended(const std::string& id) = 0;
  virtual absl::Status set_stopped_cap(const std::string& id) = 0;
  /// Adds to the session's history and forgets its segments from `first_gone` on, in one
  /// transaction. `give_up` is called once that is done, and what it cancels is not kept any more,
  /// however far it was.
  virtual absl::Status add_change(const std::string& id, const Change& change, int first_gone,
                                  const std::function<void()>& give_up) = 0;

  /// Removes a session with its segments. `give_up` is called once it is gone from the records, and
  /// what it cancels is not kept any more. Its tracks stay.
  virtual absl::Status delete_session(const std::string& id,
                                      const std::function<void()>& give_up) = 0;
  /// The session has changed at this time. One that does not exist is passed over.
  virtual absl::Status touch(const std::string& id, std::int64_t unix_seconds) = 0;
  /// The sessions whose last change (being created is one) lies before this time.
  virtual absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds) = 0;

  /// Keeps a segment's audio and then, in one transaction, its record: from there on it is ready,
  /// also after the process is killed. Returns the record with its path. `audio` is taken only
  /// where that succeeds.
  virtual absl::StatusOr<SegmentRecord> put_segment(const std::string& session_id,
                                                    AudioFormat format, SegmentRecord segment,
                                                    AudioBuffer&& audio, std::uint64_t dither_seed,
                                                    const CancelToken& cancel) = 0;
  /// The ready segments, in order of index; those whose audio has gone are left out and forgotten.
  virtual absl::StatusOr<std::vector<SegmentRecord>> segments(const std::string& session_id) = 0;
  virtual absl::StatusOr<std::unique_ptr<SegmentReader>> open_segment(const std::string& session_id,
                                                                      int index) = 0;

  /// What sessions have spent. As thread-safe and as lasting as the store, and gone with it.
  virtual SpendLedger& spend_ledger() = 0;

  /// Keeps audio as a track, and then its record in one transaction. A segment's file is shared
  /// with it where the file system can; audio in memory stays shared in a store without files.
  /// Returns the record with its path and bytes. A segment has one track at most, until a change
  /// replaces that segment: Fault::conflict.
  virtual absl::StatusOr<TrackRecord> add_track(TrackRecord track, const AudioBytes& audio) = 0;
  virtual absl::StatusOr<TrackRecord> track(const std::string& id) = 0;
  /// Oldest first.
  virtual absl::StatusOr<std::vector<TrackRecord>> tracks() = 0;
  /// Newest first.
  virtual absl::StatusOr<std::vector<TrackRecord>> tracks_of(const TrackQuery& query) = 0;
  /// The track of a segment as it is now; nothing where there is none.
  virtual absl::StatusOr<std::optional<TrackRecord>> track_of(const std::string& session_id,
                                                              int segment_index) = 0;
  virtual absl::Status remove_track(const std::string& id) = 0;
  virtual absl::StatusOr<std::unique_ptr<AudioBytes>> open_track(const std::string& id) = 0;

  /// Newest first, at most kUrlKeysKept.
  virtual absl::StatusOr<std::vector<UrlKey>> url_keys() = 0;
  /// The newest kUrlKeysKept stay.
  virtual absl::Status add_url_key(const UrlKey& key) = 0;

  /// How many segments ahead of the playhead it can hold; nothing when there is no bound.
  virtual std::optional<int> look_ahead_bound() const { return std::nullopt; }
  /// The listener is at segment `index`: a bounded store drops the ones before and returns how
  /// many.
  virtual int drop_before(const std::string& session_id, int index);
  /// Nobody uses the session any more: a store that lasts no longer lets its audio go and says so.
  virtual bool release(const std::string& session_id);
};

inline int Store::drop_before(const std::string&, int) { return 0; }
inline bool Store::release(const std::string&) { return false; }

}  // namespace focus::core
