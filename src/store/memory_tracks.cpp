// SPDX-License-Identifier: MIT
// The tracks of a store without files, and its keys.
#include <algorithm>

#include "base/error.h"
#include "base/ids.h"
#include "store/memory_store.h"

namespace focus::core {

const MemoryStore::Track* MemoryStore::track_of_locked(const std::string& session_id,
                                                       int segment_index) const {
  const auto found = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& track) {
    return track.record.session_id == session_id && track.record.segment_index == segment_index &&
           !track.segment_gone;
  });
  return found == tracks_.end() ? nullptr : &*found;
}

absl::StatusOr<std::vector<MemoryStore::Track>::const_iterator> MemoryStore::find_track_locked(
    const std::string& id) const {
  const auto found = std::find_if(tracks_.begin(), tracks_.end(),
                                  [&](const Track& track) { return track.record.id == id; });
  if (found == tracks_.end()) return no_track(id);
  return found;
}

absl::StatusOr<TrackRecord> MemoryStore::add_track(TrackRecord track, const AudioBytes& audio) {
  if (!is_track_id(track.id)) return invalid_field("track_id", "is no id of a track");
  track.bytes = audio.size();
  const std::lock_guard guard(mutex_);
  const Track* other = track_of_locked(track.session_id, track.segment_index);
  if (other != nullptr) return promoted_already(other->record);
  tracks_.push_back({track, audio, false});
  return track;
}

absl::StatusOr<TrackRecord> MemoryStore::track(const std::string& id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(const auto found, find_track_locked(id));
  return found->record;
}

absl::StatusOr<std::vector<TrackRecord>> MemoryStore::tracks() {
  const std::lock_guard guard(mutex_);
  std::vector<TrackRecord> records;
  for (const Track& track : tracks_) records.push_back(track.record);
  return records;
}

absl::StatusOr<std::vector<TrackRecord>> MemoryStore::tracks_of(const TrackQuery& query) {
  const std::lock_guard guard(mutex_);
  std::vector<TrackRecord> records;
  bool begun = query.before.empty();
  for (auto track = tracks_.rbegin(); track != tracks_.rend(); ++track) {
    const TrackRecord& record = track->record;
    if (record.organization != query.organization || record.caller != query.caller) continue;
    if (static_cast<int>(records.size()) == query.limit) break;
    if (begun) records.push_back(record);
    begun = begun || record.id == query.before;
  }
  return records;
}

absl::StatusOr<std::optional<TrackRecord>> MemoryStore::track_of(const std::string& session_id,
                                                                 int segment_index) {
  const std::lock_guard guard(mutex_);
  const Track* track = track_of_locked(session_id, segment_index);
  return track == nullptr ? std::nullopt : std::optional(track->record);
}

absl::Status MemoryStore::remove_track(const std::string& id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(const auto found, find_track_locked(id));
  tracks_.erase(found);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<AudioBytes>> MemoryStore::open_track(const std::string& id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(const auto found, find_track_locked(id));
  return std::make_unique<AudioBytes>(found->audio);
}

absl::StatusOr<std::vector<UrlKey>> MemoryStore::url_keys() {
  const std::lock_guard guard(mutex_);
  return url_keys_;
}

absl::Status MemoryStore::add_url_key(const UrlKey& key) {
  FOCUS_RETURN_IF_ERROR(validate(key));
  const std::lock_guard guard(mutex_);
  url_keys_.insert(url_keys_.begin(), key);
  if (url_keys_.size() > kUrlKeysKept) url_keys_.resize(kUrlKeysKept);
  return absl::OkStatus();
}

}  // namespace focus::core
