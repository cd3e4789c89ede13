// SPDX-License-Identifier: MIT
#include "store/cluster/cluster_track_shelf.h"

#include <fstream>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/ids.h"

namespace focus::core::store {

absl::StatusOr<TrackRecord> ClusterTrackShelf::add(TrackRecord track, const AudioBytes& audio,
                                                   int changes) {
  if (!is_track_id(track.id)) return invalid_field("track_id", "is no id of a track");
  track.path.clear();
  track.bytes = audio.size();
  FOCUS_ASSIGN_OR_RETURN(track.digest, audio.digest());
  FOCUS_RETURN_IF_ERROR(rows_.check(track, changes));
  const std::string object =
      absl::StrCat("tracks/", track.id, ".", std::string(ending_of(audio.format())));
  track.format = audio.format();
  FOCUS_RETURN_IF_ERROR(rows_.begin(object));
  FOCUS_RETURN_IF_ERROR(put(object, track, audio));
  FOCUS_RETURN_IF_ERROR(rows_.add(track, object, changes));
  return track;
}

absl::Status ClusterTrackShelf::put(const std::string& object, const TrackRecord& track,
                                    const AudioBytes& audio) {
  const auto segment = segments_.find(track.session_id, track.segment_index);
  if (segment.ok() && segment->digest == track.digest && segment->bytes == track.bytes) {
    return objects_.copy(segment->object, object);
  }
  if (!segment.ok() && !is_not_found(segment.status())) return segment.status();
  // The audio is not that of the segment as it is kept: a part of it, or another format.
  std::string bytes(static_cast<std::size_t>(audio.size()), '\0');
  FOCUS_RETURN_IF_ERROR(audio.read(0, bytes.data(), audio.size()).status());
  const AtomicFile file(absl::StrCat(work_folder_, "/", track.id));  // not committed, so removed
  std::ofstream stream(file.partial_path(), std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) return io_error(file.partial_path(), "cannot be written; is the disk full?");
  return objects_.put(object, file.partial_path(), audio.format());
}

absl::StatusOr<TrackRecord> ClusterTrackShelf::find(const std::string& id) {
  return rows_.find(id);
}

absl::StatusOr<std::vector<TrackRecord>> ClusterTrackShelf::list() { return rows_.list(); }

absl::StatusOr<std::vector<TrackRecord>> ClusterTrackShelf::list_of(const TrackQuery& query) {
  return rows_.list_of(query);
}

absl::StatusOr<std::optional<TrackRecord>> ClusterTrackShelf::of_segment(
    const std::string& session_id, int index) {
  return rows_.of_segment(session_id, index);
}

absl::Status ClusterTrackShelf::remove(const std::string& id) { return rows_.remove(id); }

absl::StatusOr<std::shared_ptr<const AudioBytes>> ClusterTrackShelf::open(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const TrackRecord track, rows_.find(id));
  FOCUS_ASSIGN_OR_RETURN(const std::string object, rows_.object(id));
  auto bytes = objects_.open(object, track.format, track.bytes, track.digest);
  if (is_not_found(bytes.status())) {
    return fault_error(Fault::bad_data, absl::StrCat("the audio of track '", id, "' is lost"));
  }
  return bytes;
}

}  // namespace focus::core::store
