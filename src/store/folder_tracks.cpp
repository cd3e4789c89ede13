// SPDX-License-Identifier: MIT
// The tracks of a store in a folder, and its keys.
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <unistd.h>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"
#include "store/folder_store.h"

namespace focus::core {
namespace {

/// Within the data folder.
std::string file_of(const TrackRecord& track) {
  return absl::StrCat("tracks/", track.id, ".", std::string(ending_of(track.format)));
}

struct CloseStream {
  void operator()(std::FILE* stream) const { std::fclose(stream); }
};

absl::Status write_audio(const AudioBytes& audio, const std::string& path,
                         AtomicFile::Durability durability) {
  AtomicFile file(path);
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
  return file.commit(durability);
}

/// Gives the audio a second name, where it is a file and the file system has hard links.
bool link_audio(const AudioBytes& audio, const std::string& path) {
  if (audio.path().empty() || ::link(audio.path().c_str(), path.c_str()) != 0) return false;
  // Another file may have taken that name since the audio was opened.
  const auto linked = AudioBytes::open(path, audio.format());
  if (linked.ok() && (*linked)->identity() == audio.identity()) return true;
  ::unlink(path.c_str());
  return false;
}

absl::Status keep_audio(const AudioBytes& audio, const std::string& path,
                        AtomicFile::Durability durability) {
  if (!link_audio(audio, path)) return write_audio(audio, path, durability);
  if (durability == AtomicFile::Durability::renamed) return absl::OkStatus();
  return sync_folder(std::filesystem::path(path).parent_path().string());
}

}  // namespace

absl::StatusOr<TrackRecord> FolderStore::add_track(TrackRecord track, const AudioBytes& audio) {
  if (!is_track_id(track.id)) return invalid_field("track_id", "is no id of a track");
  const std::string file = file_of(track);
  track.path = path_in(file);
  track.bytes = audio.size();
  {
    const std::lock_guard guard(mutex_);
    FOCUS_RETURN_IF_ERROR(catalogue_->leftovers().add(file));
  }
  absl::Status kept = keep_audio(audio, track.path, durability());
  if (kept.ok()) kept = record_track(track, file);
  if (kept.ok()) return track;
  remove_leftover(file);
  return kept;
}

absl::Status FolderStore::record_track(const TrackRecord& track, const std::string& file) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue_->begin());
  FOCUS_ASSIGN_OR_RETURN(const auto other,
                         catalogue_->tracks().of_segment(track.session_id, track.segment_index));
  if (other) return promoted_already(*other);
  FOCUS_RETURN_IF_ERROR(catalogue_->tracks().add(track));
  FOCUS_RETURN_IF_ERROR(catalogue_->leftovers().forget(file));
  return transaction.commit();
}

/// What can not be removed now is removed when the store is opened again.
void FolderStore::remove_leftover(const std::string& file) {
  std::error_code failed;
  std::filesystem::remove_all(path_in(file), failed);
  if (failed) return;
  const std::lock_guard guard(mutex_);
  catalogue_->leftovers().forget(file).IgnoreError();
}

absl::StatusOr<TrackRecord> FolderStore::track(const std::string& id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(TrackRecord track, catalogue_->tracks().find(id));
  track.path = path_in(file_of(track));
  return track;
}

absl::StatusOr<std::vector<TrackRecord>> FolderStore::tracks() {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(std::vector<TrackRecord> tracks, catalogue_->tracks().list());
  for (TrackRecord& track : tracks) track.path = path_in(file_of(track));
  return tracks;
}

absl::StatusOr<std::vector<TrackRecord>> FolderStore::tracks_of(const TrackQuery& query) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(std::vector<TrackRecord> tracks, catalogue_->tracks().list(query));
  for (TrackRecord& track : tracks) track.path = path_in(file_of(track));
  return tracks;
}

absl::StatusOr<std::optional<TrackRecord>> FolderStore::track_of(const std::string& session_id,
                                                                 int segment_index) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(auto track, catalogue_->tracks().of_segment(session_id, segment_index));
  if (track) track->path = path_in(file_of(*track));
  return track;
}

absl::Status FolderStore::remove_track(const std::string& id) {
  std::string file;
  {
    const std::lock_guard guard(mutex_);
    FOCUS_ASSIGN_OR_RETURN(const TrackRecord track, catalogue_->tracks().find(id));
    file = file_of(track);
    FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue_->begin());
    FOCUS_RETURN_IF_ERROR(catalogue_->tracks().remove(id));
    FOCUS_RETURN_IF_ERROR(catalogue_->leftovers().add(file));
    FOCUS_RETURN_IF_ERROR(transaction.commit());
  }
  remove_leftover(file);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<AudioBytes>> FolderStore::open_track(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(const TrackRecord found, track(id));
  return AudioBytes::open(found.path, found.format);
}

absl::StatusOr<std::vector<UrlKey>> FolderStore::url_keys() {
  const std::lock_guard guard(mutex_);
  return catalogue_->url_keys().list();
}

absl::Status FolderStore::add_url_key(const UrlKey& key) {
  const std::lock_guard guard(mutex_);
  return catalogue_->url_keys().add(key);
}

}  // namespace focus::core
