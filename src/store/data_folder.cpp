// SPDX-License-Identifier: MIT
#include "store/data_folder.h"

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/private_file.h"

namespace focus::core::store {

namespace fs = std::filesystem;

namespace {

/// Whether a file with this name in a data folder was made by us: by the store, or by a server that
/// keeps its keys there.
bool is_our_name(const std::string& name) {
  for (const std::string_view whole : {"lock", "temporary", "sessions", "tracks", "notes"}) {
    if (name == whole) return true;
  }
  return name.starts_with("catalogue.sqlite") || name.starts_with("keys.json");
}

}  // namespace

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
    (void)::chmod(folder_path.c_str(), 0700);  // a umask may have taken from the owner too
    return sync_names(fs::path(folder_path).parent_path().string());
  }
  const int failed = errno;
  std::error_code ignored;
  if (failed == EEXIST && fs::is_directory(folder_path, ignored)) return absl::OkStatus();
  return file_error(folder_path, "the folder cannot be created", failed);
}

void DataFolder::make_private() const {
  bool is_ours_alone = true;
  std::error_code failed;
  auto entry = fs::directory_iterator(path_, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    if (is_our_name(entry->path().filename().string())) {
      core::make_private(entry->path().string());
    } else {
      is_ours_alone = false;
    }
  }
  // The dot: the folder itself, also where its name is a link.
  if (is_ours_alone && !failed) core::make_private(path_ + "/.");
}

void DataFolder::clear_up() const {
  for (const char* folder : {"sessions", "tracks", "notes"}) {
    std::error_code failed;
    std::error_code ignored;
    auto entry = fs::recursive_directory_iterator(
        path_in(folder), fs::directory_options::skip_permission_denied, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
      if (is_partial_name(entry->path().filename().string())) {
        fs::remove(entry->path(), ignored);
      } else {
        core::make_private(entry->path().string());
      }
    }
  }
}

}  // namespace focus::core::store
