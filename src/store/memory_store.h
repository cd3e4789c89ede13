// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/store.h"

namespace focus::core {

/// A store without any file, bounded: at most `look_ahead` segments ahead of the listener, and what
/// was heard is dropped. Keeps the very samples that a file of the session's format would give back
/// (the lossy ones apart), so that it sounds the same.
class MemoryStore final : public Store {
 public:
  static constexpr int kDefaultLookAhead = 4;
  explicit MemoryStore(int look_ahead = kDefaultLookAhead) : look_ahead_(look_ahead) {}

  absl::Status add_session(const SessionRecord& session) override;
  absl::StatusOr<SessionRecord> session(const std::string& id) override;
  absl::StatusOr<std::vector<std::string>> session_ids() override;
  absl::Status set_ended(const std::string& id) override;
  absl::Status set_stopped_cap(const std::string& id) override;
  absl::Status add_change(const std::string& id, const Change& change, int first_gone,
                          const std::function<void()>& give_up) override;
  absl::Status delete_session(const std::string& id, const std::function<void()>& give_up) override;
  absl::Status touch(const std::string& id, std::int64_t unix_seconds) override;
  absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t unix_seconds) override;
  absl::StatusOr<SegmentRecord> put_segment(const std::string& session_id, AudioFormat format,
                                            SegmentRecord segment, AudioBuffer&& audio,
                                            std::uint64_t dither_seed,
                                            const CancelToken& cancel) override;
  absl::StatusOr<std::vector<SegmentRecord>> segments(const std::string& session_id) override;
  absl::StatusOr<std::unique_ptr<SegmentReader>> open_segment(const std::string& session_id,
                                                              int index) override;
  SpendLedger& spend_ledger() override { return ledger_; }
  absl::StatusOr<TrackRecord> add_track(TrackRecord track, const AudioBytes& audio) override;
  absl::StatusOr<TrackRecord> track(const std::string& id) override;
  absl::StatusOr<std::vector<TrackRecord>> tracks() override;
  absl::StatusOr<std::vector<TrackRecord>> tracks_of(const TrackQuery& query) override;
  absl::StatusOr<std::optional<TrackRecord>> track_of(const std::string& session_id,
                                                      int segment_index) override;
  absl::Status remove_track(const std::string& id) override;
  absl::StatusOr<std::unique_ptr<AudioBytes>> open_track(const std::string& id) override;
  absl::StatusOr<std::vector<UrlKey>> url_keys() override;
  absl::Status add_url_key(const UrlKey& key) override;
  std::optional<int> look_ahead_bound() const override { return look_ahead_; }
  int drop_before(const std::string& session_id, int index) override;
  bool release(const std::string& session_id) override;

 private:
  struct Segment {
    SegmentRecord record;
    std::shared_ptr<const AudioBuffer> audio;
  };
  struct Session {
    SessionRecord record;
    std::int64_t touched_at = 0;
    std::map<int, Segment> segments;
  };
  struct Track {
    TrackRecord record;
    AudioBytes audio;
    bool segment_gone = false;  // replaced by a change: the segment of that index is another
  };
  const Track* track_of_locked(const std::string& session_id, int segment_index) const;
  absl::StatusOr<std::vector<Track>::const_iterator> find_track_locked(const std::string& id) const;
  absl::StatusOr<Session*> find(const std::string& id);

  const int look_ahead_;
  std::mutex mutex_;
  std::map<std::string, Session> sessions_;
  std::vector<std::string> order_;
  MemorySpendLedger ledger_;
  std::vector<Track> tracks_;
  std::vector<UrlKey> url_keys_;
};

}  // namespace focus::core
