// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

#include "base/disk_sync.h"

namespace focus::core {

/// Nothing half-written ever stands under a final name: content is written to a hidden partial file
/// beside the target, and `commit` syncs it and renames it. Destroying without a commit removes it.
class AtomicFile {
 public:
  /// How far a commit waits: for the disk, so that a crash of the machine loses nothing, or only
  /// for the rename, for files that need not outlive the process.
  enum class Durability { synced, renamed };

  explicit AtomicFile(std::string path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  const std::string& path() const { return path_; }
  /// Where the content is to be written, with any library, until the commit. Keeps the final name's
  /// ending; its own begins with a dot and holds ".partial".
  const std::string& partial_path() const { return partial_path_; }

  absl::Status commit(Durability durability, DiskSync& disk = DiskSync::system());
  /// A commit without any sync, for a caller that syncs by itself: the content before, the folder
  /// after.
  absl::Status rename();

 private:
  std::string path_;
  std::string partial_path_;
  bool committed_ = false;
};

/// Whether a file's name (not path) is one that AtomicFile leaves behind when the process is
/// killed.
bool is_partial_name(const std::string& name);

/// Copies the file `from` to `to`, whole or not at all.
absl::Status copy_file(const std::string& from, const std::string& to,
                       AtomicFile::Durability durability);

/// Writes `content` under `path`, whole or not at all.
absl::Status write_file(const std::string& path, const std::string& content,
                        AtomicFile::Durability durability);

}  // namespace focus::core
