// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

#include "base/disk_sync.h"
#include "base/output_target.h"
#include "base/partial_name.h"

namespace focus::core {

/// Writes a file so that its final name never refers to incomplete content. The content goes to a
/// hidden partial file beside the target; commit() syncs it and renames it. The destructor removes
/// the partial file if there was no commit.
///
/// A symbolic link stays one: the file that it leads to is replaced. A pipe or a device stays what
/// it is too: the partial file is in the folder for temporary files, and commit() copies it.
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
  /// The path to which the caller writes the content, with any library, before commit(). See
  /// new_partial_path(). The file is there and empty, unless its folder refuses it.
  const std::string& partial_path() const { return partial_path_; }

  /// Removes what killed processes have left of earlier attempts. For files that users name: a
  /// store sweeps its folders as a whole.
  void sweep_leftovers() const;

  absl::Status commit(Durability durability, DiskSync& disk = DiskSync::system());
  /// A commit without any sync, for a caller that syncs by itself: the content before, the folder
  /// after.
  absl::Status rename();

 private:
  std::string path_;
  OutputTarget target_;
  std::string partial_path_;
  int lock_ = -1;  ///< an open, locked descriptor of the partial file: it is still being written
  bool committed_ = false;
};

/// Copies the file `from` to `to` atomically: `to` is complete or unchanged. Fault::argument
/// with the field "path" if they are one file.
absl::Status copy_file(const std::string& from, const std::string& to,
                       AtomicFile::Durability durability);

/// Writes `content` to `path` atomically: the file is complete or unchanged.
absl::Status write_file(const std::string& path, const std::string& content,
                        AtomicFile::Durability durability);

/// The same for a file that only its owner may read and write.
absl::Status write_private_file(const std::string& path, const std::string& content,
                                AtomicFile::Durability durability, DiskSync& disk);

}  // namespace focus::core
