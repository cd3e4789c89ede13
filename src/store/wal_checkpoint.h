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

namespace focus::core::store {

/// Copies a database's log into the database file and restarts the log, on connections of its own,
/// so that no call on the main connection syncs anything. Thread-safe.
///
/// A checkpoint runs beside readers and writers. Only a restart of the log makes writers wait for
/// the disk. The first writer after a complete checkpoint writes a new header, and SQLite syncs
/// that header before the first page may follow. Here that writer is never the main connection:
///
/// - The pin is a connection that only reads. It holds a snapshot of the log. SQLite never restarts
///   a log that a reader uses, so the main connection goes on appending, even after the whole log
///   was copied.
/// - Once the log is long and was copied as a whole, and nothing was committed meanwhile, the pin
/// is
///   released and the checkpoint connection makes a small commit, which restarts the log. The gate
///   keeps writers out for that one sync; readers go on.
class WalCheckpoint {
 public:
  /// How many pages are added to the log before run_if_grown() copies it again.
  static constexpr std::int64_t kCopyAt = 1000;
  /// The length of the log, in pages, from which it is restarted.
  static constexpr std::int64_t kBeginAnewAt = 4000;
  /// The length from which writers have to wait until the log was copied.
  static constexpr std::int64_t kAtMost = 16'000;

  /// `pages` is the log's length, which the main connection's commits write (Database::watch_log);
  /// `gate` is held by every writer of the main connection for all of its transaction.
  static absl::StatusOr<std::unique_ptr<WalCheckpoint>> open(const std::string& path,
                                                             std::shared_ptr<LogPages> pages,
                                                             Mutex& gate);

  /// Copies the log if it has grown by so many pages and no other thread does so already; restarts
  /// it if that is due. A failure is left to the next call. The caller must hold no lock.
  void run_if_grown(std::int64_t by_pages = kCopyAt);
  /// Copies all that was committed before the call, durably, and restarts the log. Returns false if
  /// the log could not be restarted just now. The caller must hold no lock.
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

}  // namespace focus::core::store
