// SPDX-License-Identifier: MIT
#include "store/memory_track_shelf.h"

#include <algorithm>

#include "base/error.h"
#include "base/ids.h"

namespace focus::core::store {

const MemoryState::Track* MemoryTrackShelf::of_segment_locked(const std::string& session_id,
                                                              int index) const {
  const auto found = std::find_if(
      state_.tracks.begin(), state_.tracks.end(), [&](const MemoryState::Track& track) {
        return track.record.session_id == session_id && track.record.segment_index == index &&
               !track.segment_gone;
      });
  return found == state_.tracks.end() ? nullptr : &*found;
}

absl::StatusOr<std::vector<MemoryState::Track>::const_iterator> MemoryTrackShelf::find_locked(
    const std::string& id) const {
  const auto found =
      std::find_if(state_.tracks.begin(), state_.tracks.end(),
                   [&](const MemoryState::Track& track) { return track.record.id == id; });
  if (found == state_.tracks.end()) return no_track(id);
  return found;
}

absl::StatusOr<TrackRecord> MemoryTrackShelf::add(TrackRecord track, const AudioBytes& audio,
                                                  int changes) {
  if (!is_track_id(track.id)) return invalid_field("track_id", "is no id of a track");
  track.bytes = audio.size();
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(const MemoryState::Session* session, state_.find_locked(track.session_id));
  FOCUS_RETURN_IF_ERROR(MemoryState::check_changes(*session, changes));
  const MemoryState::Track* other = of_segment_locked(track.session_id, track.segment_index);
  if (other != nullptr) return promoted_already(other->record);
  state_.tracks.push_back({track, audio.shared_from_this(), false});
  state_.tell_locked({MessageKind::track_kept, track.session_id, track.segment_index, track.id});
  return track;
}

absl::StatusOr<TrackRecord> MemoryTrackShelf::find(const std::string& id) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(const auto found, find_locked(id));
  return found->record;
}

absl::StatusOr<std::vector<TrackRecord>> MemoryTrackShelf::list() {
  const MutexLock guard(state_.mutex);
  std::vector<TrackRecord> records;
  for (const MemoryState::Track& track : state_.tracks) records.push_back(track.record);
  return records;
}

absl::StatusOr<std::vector<TrackRecord>> MemoryTrackShelf::list_of(const TrackQuery& query) {
  const MutexLock guard(state_.mutex);
  std::vector<TrackRecord> records;
  bool begun = query.before.empty();
  for (auto track = state_.tracks.rbegin(); track != state_.tracks.rend(); ++track) {
    const TrackRecord& record = track->record;
    if (record.organization != query.organization || record.caller != query.caller) continue;
    if (static_cast<int>(records.size()) == query.limit) break;
    if (begun) records.push_back(record);
    begun = begun || record.id == query.before;
  }
  return records;
}

absl::StatusOr<std::optional<TrackRecord>> MemoryTrackShelf::of_segment(
    const std::string& session_id, int index) {
  const MutexLock guard(state_.mutex);
  const MemoryState::Track* track = of_segment_locked(session_id, index);
  return track == nullptr ? std::nullopt : std::optional(track->record);
}

absl::Status MemoryTrackShelf::remove(const std::string& id) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(const auto found, find_locked(id));
  state_.tracks.erase(found);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> MemoryTrackShelf::open(const std::string& id) {
  const MutexLock guard(state_.mutex);
  FOCUS_ASSIGN_OR_RETURN(const auto found, find_locked(id));
  return found->audio;
}

}  // namespace focus::core::store
