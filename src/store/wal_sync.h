// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/disk_sync.h"
#include "base/mutex.h"

namespace focus::core::store {

/// Makes the commits of a SQLite database in WAL mode durable, outside of every lock. Callers that
/// come together share one sync of the log (a group commit). Thread-safe.
///
/// The connection that commits has `synchronous = NORMAL`: a commit appends its pages to the log
/// file and does not wait for the disk. Why one sync of that file, begun after a commit has
/// returned, makes the commit durable:
///
/// 1. The commit's pages are in the file when the commit returns, so the sync covers them. It also
///    covers everything before them: the log's header and the earlier pages. Recovery follows the
///    log from its header on, for as long as the checksums chain, and so reaches the commit.
/// 2. The log may have been restarted between the commit and the sync: then its pages were, or will
///    be, overwritten. SQLite restarts a log only after a checkpoint has copied all of it into the
///    database file, and a checkpoint with NORMAL syncs the log before it copies and the database
///    file after. So the commit is durable in the database file, and the sync adds nothing.
/// 3. The first pages after a restart may reach the disk before the new header, and recovery would
///    then read old pages behind an old header. SQLite syncs the new header before it writes those
///    pages (see WalCheckpoint, which sees to it that no commit waits for that).
///
/// After a sync has failed, the kernel may forget that the pages were not written, and a later sync
/// may succeed without them. After that a commit counts as durable only once a checkpoint has
/// copied it, until the log has been restarted.
class WalSync {
 public:
  /// Copies the log into the database file, durably; true once it has also restarted the log.
  using Rescue = std::function<absl::StatusOr<bool>()>;

  /// `path` is the log file, which must exist. `rescue` is called after a failure.
  static absl::StatusOr<std::unique_ptr<WalSync>> open(const std::string& path, DiskSync& disk,
                                                       Rescue rescue);
  ~WalSync();
  WalSync(const WalSync&) = delete;
  WalSync& operator=(const WalSync&) = delete;

  /// Returns once everything that was committed before the call is durable. The caller must hold no
  /// lock.
  absl::Status wait();

 private:
  /// One sync, shared by all callers that wait for it.
  struct Round {
    bool done = false;
    absl::Status status;
  };

  WalSync(std::string path, int descriptor, DiskSync& disk, Rescue rescue);
  absl::Status sync();

  const std::string path_;
  const int descriptor_;
  DiskSync& disk_;
  const Rescue rescue_;
  bool is_suspect_ = false;  // only for the caller whose round is running

  Mutex mutex_;  // not held during a sync
  CondVar round_ended_;
  bool is_running_ ABSL_GUARDED_BY(mutex_) = false;
  /// The round that has not begun yet. What is in a round is guarded too.
  std::shared_ptr<Round> next_ ABSL_GUARDED_BY(mutex_) = std::make_shared<Round>();
};

}  // namespace focus::core::store
