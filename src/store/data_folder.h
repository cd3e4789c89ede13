// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

#include "audio/format.h"
#include "base/atomic_file.h"
#include "base/disk_sync.h"
#include "store/records.h"

namespace focus::core::store {

/// Where everything is in the folder of a FolderStore, and whether it has to survive a crash of the
/// machine. Thread-safe.
class DataFolder {
 public:
  enum class Lifetime { lasting, temporary };

  DataFolder(std::string path, Lifetime lifetime, DiskSync& disk);

  const std::string& path() const { return path_; }
  bool is_lasting() const { return lifetime_ == Lifetime::lasting; }
  /// Of the files that are written into it.
  AtomicFile::Durability durability() const {
    return is_lasting() ? AtomicFile::Durability::synced : AtomicFile::Durability::renamed;
  }
  std::string catalogue() const { return path_ + "/catalogue.sqlite"; }
  /// Where `file`, a path within the folder, is.
  std::string path_in(const std::string& file) const { return path_ + "/" + file; }
  std::string session(const std::string& session_id) const;
  std::string segment(const std::string& session_id, audio::AudioFormat format, int index) const;
  /// Within the folder, as Leftovers have it.
  static std::string track_file(const TrackRecord& track);
  /// The small file beside that says what the catalogue says of a track; within the folder.
  static std::string note_file(const std::string& track_id);
  std::string track(const TrackRecord& track) const { return path_in(track_file(track)); }

  DiskSync& disk() const { return disk_; }
  /// These wait for the disk where the folder is lasting, and do nothing where it is not.
  absl::Status sync_content(const std::string& file_path) const;
  absl::Status sync_names(const std::string& folder_path) const;
  /// Makes a folder, unless it is there, and syncs the names in the one above.
  absl::Status make_folder(const std::string& folder_path) const;

  /// Takes the permissions of all but the owner from what is ours in the folder; and from the
  /// folder itself, unless it holds something else.
  void make_private() const;
  /// Removes what a killed process was writing, and makes what stays private. The caller knows that
  /// nobody is writing now.
  void clear_up() const;

 private:
  const std::string path_;
  const Lifetime lifetime_;
  DiskSync& disk_;
};

}  // namespace focus::core::store
