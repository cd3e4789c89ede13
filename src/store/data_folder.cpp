// SPDX-License-Identifier: MIT
#include "store/data_folder.h"

#include <cerrno>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/atomic_file.h"
#include "base/error.h"

namespace focus::core::store {

namespace fs = std::filesystem;

DataFolder::DataFolder(std::string path, Lifetime lifetime, DiskSync& disk)
    : path_(std::move(path)), lifetime_(lifetime), disk_(disk) {}

std::string DataFolder::session(const std::string& session_id) const {
  return absl::StrCat(path_, "/sessions/", session_id);
}

std::string DataFolder::segment(const std::string& session_id, audio::AudioFormat format,
                                int index) const {
  return absl::StrCat(session(session_id), "/", segment_file_name(index, format));
}

std::string DataFolder::track_file(const TrackRecord& track) {
  return absl::StrCat("tracks/", track.id, ".", std::string(ending_of(track.format)));
}

std::string DataFolder::note_file(const std::string& track_id) {
  return absl::StrCat("notes/", track_id, ".txt");
}

absl::Status DataFolder::sync_content(const std::string& file_path) const {
  return is_lasting() ? sync_file(file_path, disk_) : absl::OkStatus();
}

absl::Status DataFolder::sync_names(const std::string& folder_path) const {
  return is_lasting() ? sync_folder(folder_path, disk_) : absl::OkStatus();
}

absl::Status DataFolder::make_folder(const std::string& folder_path) const {
  if (::mkdir(folder_path.c_str(), 0700) == 0) {
    return sync_names(fs::path(folder_path).parent_path().string());
  }
  const int failed = errno;
  std::error_code ignored;
  if (failed == EEXIST && fs::is_directory(folder_path, ignored)) return absl::OkStatus();
  return file_error(folder_path, "the folder cannot be created", failed);
}

void DataFolder::remove_partial_files() const {
  for (const char* folder : {"sessions", "tracks", "notes"}) {
    std::error_code failed;
    std::error_code ignored;
    auto entry = fs::recursive_directory_iterator(
        path_in(folder), fs::directory_options::skip_permission_denied, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
      if (is_partial_name(entry->path().filename().string())) fs::remove(entry->path(), ignored);
    }
  }
}

}  // namespace focus::core::store
