// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

#include "base/disk_sync.h"

namespace focus::core {

/// Writes a file so that its final name never refers to incomplete content. The content goes to a
/// hidden partial file beside the target; commit() syncs it and renames it. The destructor removes
/// the partial file if there was no commit.
class AtomicFile {
 public:
  /// How long commit() waits. `synced` waits for the disk: the file survives a crash of the
  /// machine. `renamed` waits for the rename only, for files that need not outlive the process.
  enum class Durability { synced, renamed };

  explicit AtomicFile(std::string path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  const std::string& path() const { return path_; }
  /// The path to which the caller writes the content, with any library, before commit(). It keeps
  /// the file ending of the final name, begins with a dot and contains ".partial".
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

/// Whether a file's name (not its path) is one that AtomicFile leaves behind when the process is
/// killed.
bool is_partial_name(const std::string& name);

/// Copies the file `from` to `to` atomically: `to` is complete or unchanged.
absl::Status copy_file(const std::string& from, const std::string& to,
                       AtomicFile::Durability durability);

/// Writes `content` to `path` atomically: the file is complete or unchanged.
absl::Status write_file(const std::string& path, const std::string& content,
                        AtomicFile::Durability durability);

}  // namespace focus::core
