// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "store/database.h"

namespace focus::core {

/// Copies a database's log into the database file and begins the log anew, on connections of its
/// own, so that no call on the main connection syncs anything. Thread-safe.
///
/// A checkpoint runs beside readers and writers. Beginning the log anew is the one moment at which
/// writers have to wait for the disk: SQLite writes a new header and syncs it before the first page
/// may follow, and it is the first writer after a complete checkpoint who does that. Here that
/// writer is never the main connection:
///
/// - A connection that only reads, the pin, holds a snapshot of the log. SQLite never restarts a
/// log
///   that a reader uses, so the main connection goes on appending, even where the log was copied as
///   a whole.
/// - Once the log has grown long, and was copied as a whole, and nobody has committed meanwhile,
/// the
///   pin lets go and the checkpoint connection makes a small commit, which begins the log anew. The
///   gate keeps writers away for that one sync; readers go on.
class WalCheckpoint {
 public:
  /// How many pages are added to the log before run_if_grown() copies it again.
  static constexpr std::int64_t kCopyAt = 1000;
  /// How long, in pages, the log is before it is begun anew.
  static constexpr std::int64_t kBeginAnewAt = 4000;
  /// How long it is before writers have to wait until it was copied.
  static constexpr std::int64_t kAtMost = 16'000;

  /// `pages` is the log's length, which the main connection's commits write (Database::watch_log);
  /// `gate` is held by every writer of the main connection for all of its transaction.
  static absl::StatusOr<std::unique_ptr<WalCheckpoint>> open(const std::string& path,
                                                             std::shared_ptr<LogPages> pages,
                                                             Mutex& gate);

  /// Where the log has grown by so many pages and no other thread is at it: copies it, and begins
  /// it anew where that is due. Failures are left to the next call. The caller must hold no lock.
  void run_if_grown(std::int64_t by_pages = kCopyAt);
  /// Copies all that was committed before the call, durably, and begins the log anew. Returns false
  /// where the latter was not possible just now. The caller must hold no lock.
  absl::StatusOr<bool> run();

 private:
  /// What the last copy has found, in pages.
  struct Copied {
    std::int64_t pages = 0;   ///< of the log
    std::int64_t copied = 0;  ///< of them
  };

  WalCheckpoint(std::unique_ptr<Database> writer, std::unique_ptr<Database> pin,
                std::shared_ptr<const LogPages> pages, Mutex& gate);
  absl::Status commit_little() ABSL_EXCLUSIVE_LOCKS_REQUIRED(one_at_a_time_);
  absl::Status hold_pin() ABSL_EXCLUSIVE_LOCKS_REQUIRED(one_at_a_time_);
  absl::Status let_pin_go() ABSL_EXCLUSIVE_LOCKS_REQUIRED(one_at_a_time_);
  absl::StatusOr<Copied> copy() ABSL_EXCLUSIVE_LOCKS_REQUIRED(one_at_a_time_);
  absl::StatusOr<bool> begin_anew() ABSL_EXCLUSIVE_LOCKS_REQUIRED(one_at_a_time_);
  absl::StatusOr<bool> begin_anew_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(one_at_a_time_, gate_);

  const std::shared_ptr<const LogPages> pages_;
  Mutex& gate_;
  Mutex one_at_a_time_{LockRank::wal};  // taken before the gate
  const std::unique_ptr<Database> writer_ ABSL_PT_GUARDED_BY(one_at_a_time_);
  const std::unique_ptr<Database> pin_ ABSL_PT_GUARDED_BY(one_at_a_time_);
  bool is_pinned_ ABSL_GUARDED_BY(one_at_a_time_) = false;
  Copied last_ ABSL_GUARDED_BY(one_at_a_time_);
  std::atomic<std::int64_t> tried_at_{0};  // how long the log was at the last run_if_grown()
};

}  // namespace focus::core
