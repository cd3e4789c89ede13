// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/disk_sync.h"
#include "base/mutex.h"
#include "store/catalogue.h"
#include "store/data_folder.h"
#include "store/wal_checkpoint.h"
#include "store/wal_sync.h"

namespace focus::core::store {

/// A catalogue together with its mutex. The caller reaches the catalogue through a Reading or a
/// Writing, which holds the mutex. Both are held for memory-speed work only: the caller writes,
/// syncs and reads no file meanwhile. A caller that needs durability calls `sync` after it has
/// released them.
class SharedCatalogue {
 public:
  static absl::StatusOr<std::unique_ptr<SharedCatalogue>> open(const std::string& path,
                                                               Catalogue::Durability durability,
                                                               DiskSync& disk);

  /// The catalogue for as long as this lives, to be read.
  class ABSL_SCOPED_LOCKABLE Reading {
   public:
    explicit Reading(SharedCatalogue& shared) ABSL_EXCLUSIVE_LOCK_FUNCTION(shared.mutex_);
    ~Reading() ABSL_UNLOCK_FUNCTION();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    Catalogue* operator->() const;

   private:
    SharedCatalogue& shared_;
  };
  /// The catalogue for as long as this lives, to be changed. Writers have to wait for the disk when
  /// the log is restarted, which is rare (see WalCheckpoint); readers do not.
  class ABSL_SCOPED_LOCKABLE Writing {
   public:
    explicit Writing(SharedCatalogue& shared)
        ABSL_EXCLUSIVE_LOCK_FUNCTION(shared.gate_, shared.mutex_);
    ~Writing() ABSL_UNLOCK_FUNCTION();
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    Catalogue* operator->() const;

   private:
    SharedCatalogue& shared_;
  };

  /// Returns once everything that was committed before the call survives a crash of the machine;
  /// at once where the catalogue need not. The caller must hold neither.
  absl::Status sync();
  /// Removes a file or folder that the leftovers name, and then its name among them. What can not
  /// be removed now is removed when the store is opened again. The caller must hold neither.
  void remove_leftover(const DataFolder& folder, const std::string& file);
  /// Keeps the log short for a caller that commits often and never syncs. The caller must hold
  /// neither.
  void trim();

  /// What it writes down for whom; see MessageShelf.
  MessageReceivers& receivers() const { return receivers_; }

 private:
  explicit SharedCatalogue(std::unique_ptr<Catalogue> catalogue)
      : receivers_(catalogue->receivers()), catalogue_(std::move(catalogue)) {}
  absl::Status begin_syncing(const std::string& path, DiskSync& disk);

  Mutex gate_{LockRank::writers};  // taken before mutex_
  Mutex mutex_{LockRank::store};
  MessageReceivers& receivers_;  // the catalogue's
  const std::unique_ptr<Catalogue> catalogue_ ABSL_PT_GUARDED_BY(mutex_);
  // Set when it is opened.
  std::unique_ptr<WalCheckpoint> checkpoint_;  // null where nothing is synced
  std::unique_ptr<WalSync> log_;               // likewise
};

}  // namespace focus::core::store
