// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

namespace focus::core {

/// Waits until the disk has what was written. A store asks one of these whenever a promise depends
/// on the disk, so that a test can delay a sync or let it fail. Thread-safe.
class DiskSync {
 public:
  /// What is synced: the content of a file, the names in a folder, or a database's log.
  enum class What { file, folder, log };

  virtual ~DiskSync() = default;
  /// Returns 0, or the errno of the failure.
  virtual int sync(int descriptor, What what) = 0;

  /// The system's own.
  static DiskSync& system();
};

/// Waits until the disk has the content of a file.
absl::Status sync_file(const std::string& path, DiskSync& disk = DiskSync::system());
/// Waits until the disk has the names in a folder ("" is the current one).
absl::Status sync_folder(const std::string& folder, DiskSync& disk = DiskSync::system());

}  // namespace focus::core
