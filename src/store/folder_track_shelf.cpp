// SPDX-License-Identifier: MIT
#include "store/folder_track_shelf.h"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <unistd.h>
#include <utility>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/file_signals.h"
#include "base/ids.h"
#include "base/private_file.h"
#include "store/track_note.h"

namespace focus::core::store {
namespace {

struct CloseStream {
  void operator()(std::FILE* stream) const { std::fclose(stream); }
};

absl::Status write_audio(const AudioBytes& audio, const std::string& path,
                         const DataFolder& folder) {
  AtomicFile file(path);
  FOCUS_RETURN_IF_ERROR(create_private_file(file.partial_path()));
  const FileSignals guard;  // until the stream is closed
  std::unique_ptr<std::FILE, CloseStream> target(std::fopen(file.partial_path().c_str(), "wb"));
  if (!target) return file_error(path, "cannot be written", errno);
  std::vector<char> block(std::size_t{1} << 18);
  for (std::int64_t at = 0; at < audio.size();) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count,
                           audio.read(at, block.data(), static_cast<std::int64_t>(block.size())));
    const auto bytes = static_cast<std::size_t>(count);
    if (std::fwrite(block.data(), 1, bytes, target.get()) != bytes) {
      return file_error(path, "cannot be written", errno);
    }
    at += count;
  }
  if (std::fclose(target.release()) != 0) return file_error(path, "cannot be written", errno);
  return file.commit(folder.durability(), folder.disk());
}

/// Gives the audio a second name, where it is a file and the file system has hard links.
bool link_audio(const AudioBytes& audio, const std::string& path) {
  if (audio.path().empty() || ::link(audio.path().c_str(), path.c_str()) != 0) return false;
  // Another file may have taken that name since the audio was opened.
  const auto linked = FileAudioBytes::open(path, audio.format());
  if (linked.ok() && (*linked)->identity() == audio.identity()) return true;
  ::unlink(path.c_str());
  return false;
}

absl::Status keep_audio(const AudioBytes& audio, const std::string& path,
                        const DataFolder& folder) {
  if (!link_audio(audio, path)) return write_audio(audio, path, folder);
  return folder.sync_names(std::filesystem::path(path).parent_path().string());
}

}  // namespace

absl::StatusOr<TrackRecord> FolderTrackShelf::add(TrackRecord track, const AudioBytes& audio,
                                                  int changes) {
  if (!is_track_id(track.id)) return invalid_field("track_id", "is no id of a track");
  const std::string file = DataFolder::track_file(track);
  const std::string note = DataFolder::note_file(track.id);
  track.path = folder_.path_in(file);
  track.bytes = audio.size();
  FOCUS_ASSIGN_OR_RETURN(track.digest, audio.digest());
  FOCUS_RETURN_IF_ERROR(
      SharedCatalogue::Reading(shared_)->check_changes(track.session_id, changes));
  // The leftovers are on the disk before the files are, so that no file ever stays without a row.
  FOCUS_RETURN_IF_ERROR(add_leftovers(file, note));
  absl::Status kept = shared_.sync();
  if (kept.ok()) kept = keep(track, audio, changes);
  if (kept.ok()) return track;
  shared_.remove_leftover(folder_, file);
  shared_.remove_leftover(folder_, note);
  return kept;
}

absl::Status FolderTrackShelf::add_leftovers(const std::string& file, const std::string& note) {
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_RETURN_IF_ERROR(catalogue->leftovers().add(file));
  FOCUS_RETURN_IF_ERROR(catalogue->leftovers().add(note));
  return transaction.commit();
}

absl::Status FolderTrackShelf::keep(const TrackRecord& track, const AudioBytes& audio,
                                    int changes) {
  FOCUS_RETURN_IF_ERROR(write_track_note(folder_, track));
  FOCUS_RETURN_IF_ERROR(keep_audio(audio, track.path, folder_));
  FOCUS_RETURN_IF_ERROR(record(track, changes));
  absl::Status synced = shared_.sync();
  if (!synced.ok()) make_leftover(track).IgnoreError();
  return synced;
}

absl::Status FolderTrackShelf::record(const TrackRecord& track, int changes) {
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_RETURN_IF_ERROR(catalogue->check_changes(track.session_id, changes));
  FOCUS_ASSIGN_OR_RETURN(const auto other,
                         catalogue->tracks().of_segment(track.session_id, track.segment_index));
  if (other) return promoted_already(*other);
  FOCUS_RETURN_IF_ERROR(catalogue->tracks().add(track));
  FOCUS_RETURN_IF_ERROR(
      catalogue->tell({MessageKind::track_kept, track.session_id, track.segment_index, track.id}));
  FOCUS_RETURN_IF_ERROR(catalogue->leftovers().forget(DataFolder::track_file(track)));
  FOCUS_RETURN_IF_ERROR(catalogue->leftovers().forget(DataFolder::note_file(track.id)));
  return transaction.commit();
}

absl::Status FolderTrackShelf::make_leftover(const TrackRecord& track) {
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_RETURN_IF_ERROR(catalogue->tracks().remove(track.id));
  FOCUS_RETURN_IF_ERROR(catalogue->leftovers().add(DataFolder::track_file(track)));
  FOCUS_RETURN_IF_ERROR(catalogue->leftovers().add(DataFolder::note_file(track.id)));
  return transaction.commit();
}

std::vector<TrackRecord> FolderTrackShelf::with_paths(std::vector<TrackRecord> tracks) const {
  for (TrackRecord& track : tracks) track.path = folder_.track(track);
  return tracks;
}

absl::StatusOr<TrackRecord> FolderTrackShelf::find(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(TrackRecord track, SharedCatalogue::Reading(shared_)->tracks().find(id));
  track.path = folder_.track(track);
  return track;
}

absl::StatusOr<std::vector<TrackRecord>> FolderTrackShelf::list() {
  FOCUS_ASSIGN_OR_RETURN(std::vector<TrackRecord> tracks,
                         SharedCatalogue::Reading(shared_)->tracks().list());
  return with_paths(std::move(tracks));
}

absl::StatusOr<std::vector<TrackRecord>> FolderTrackShelf::list_of(const TrackQuery& query) {
  FOCUS_ASSIGN_OR_RETURN(std::vector<TrackRecord> tracks,
                         SharedCatalogue::Reading(shared_)->tracks().list(query));
  return with_paths(std::move(tracks));
}

absl::StatusOr<std::optional<TrackRecord>> FolderTrackShelf::of_segment(
    const std::string& session_id, int index) {
  FOCUS_ASSIGN_OR_RETURN(auto track,
                         SharedCatalogue::Reading(shared_)->tracks().of_segment(session_id, index));
  if (track) track->path = folder_.track(*track);
  return track;
}

absl::Status FolderTrackShelf::remove(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const TrackRecord track, find(id));
  FOCUS_RETURN_IF_ERROR(make_leftover(track));
  // First the row, then the file: a power cut must not leave a track that has no audio.
  FOCUS_RETURN_IF_ERROR(shared_.sync());
  shared_.remove_leftover(folder_, DataFolder::track_file(track));
  shared_.remove_leftover(folder_, DataFolder::note_file(track.id));
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> FolderTrackShelf::open(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const TrackRecord track, find(id));
  return checks_.open(track.path, track.format, track.digest);
}

}  // namespace focus::core::store
