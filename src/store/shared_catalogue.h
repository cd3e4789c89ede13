// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/disk_sync.h"
#include "store/catalogue.h"
#include "store/data_folder.h"
#include "store/wal_checkpoint.h"
#include "store/wal_sync.h"

namespace focus::core {

/// A catalogue and its mutex, which are one thing: whoever wants the catalogue holds a Reading or a
/// Writing. Both are held for work at the speed of memory only: no file is written, synced or read
/// under them. What has to be durable calls `sync` after it has let go.
class SharedCatalogue {
 public:
  static absl::StatusOr<std::unique_ptr<SharedCatalogue>> open(const std::string& path,
                                                               Catalogue::Durability durability,
                                                               DiskSync& disk);

  /// The catalogue for as long as this lives, to be read.
  class Reading {
   public:
    explicit Reading(SharedCatalogue& shared);
    Catalogue* operator->() const { return &catalogue_; }

   private:
    const std::lock_guard<std::mutex> guard_;
    Catalogue& catalogue_;
  };
  /// The catalogue for as long as this lives, to be changed. Writers have to wait for the disk when
  /// the log is begun anew, which is rare (see WalCheckpoint); readers do not.
  class Writing {
   public:
    explicit Writing(SharedCatalogue& shared);
    Catalogue* operator->() const { return &catalogue_; }

   private:
    const std::lock_guard<std::mutex> gate_;
    const std::lock_guard<std::mutex> guard_;
    Catalogue& catalogue_;
  };

  /// Returns once everything that was committed before the call survives a crash of the machine;
  /// at once where the catalogue need not. The caller must hold neither.
  absl::Status sync();
  /// Removes a file or folder that the leftovers name, and then its name among them. What can not
  /// be removed now is removed when the store is opened again. The caller must hold neither.
  void remove_leftover(const DataFolder& folder, const std::string& file);
  /// For whoever commits much and never syncs: keeps the log from growing for ever. The caller must
  /// hold neither.
  void trim();

 private:
  explicit SharedCatalogue(std::unique_ptr<Catalogue> catalogue)
      : catalogue_(std::move(catalogue)) {}

  std::mutex gate_;   // of the writers; taken before mutex_
  std::mutex mutex_;  // guards catalogue_
  std::unique_ptr<Catalogue> catalogue_;
  std::unique_ptr<WalCheckpoint> checkpoint_;  // null where nothing is synced
  std::unique_ptr<WalSync> log_;               // likewise
};

}  // namespace focus::core
