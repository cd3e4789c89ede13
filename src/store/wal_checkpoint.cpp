// SPDX-License-Identifier: MIT
#include "store/wal_checkpoint.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::store {
namespace {

/// How often a copy that others have outrun is tried again before writers have to wait for it.
constexpr int kTries = 3;

absl::StatusOr<std::unique_ptr<Database>> connect(const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(auto database, Database::open(path));
  FOCUS_RETURN_IF_ERROR(database->execute("PRAGMA synchronous = NORMAL"));
  return database;
}

}  // namespace

absl::StatusOr<std::unique_ptr<WalCheckpoint>> WalCheckpoint::open(const std::string& path,
                                                                   std::shared_ptr<LogPages> pages,
                                                                   Mutex& gate) {
  FOCUS_ASSIGN_OR_RETURN(auto writer, connect(path));
  FOCUS_ASSIGN_OR_RETURN(auto pin, connect(path));
  writer->watch_log(pages);
  std::unique_ptr<WalCheckpoint> checkpoint(
      new WalCheckpoint(std::move(writer), std::move(pin), std::move(pages), gate));
  const MutexLock guard(checkpoint->one_at_a_time_);
  // A reader of an empty log holds nothing, so there has to be a page before the pin begins.
  FOCUS_RETURN_IF_ERROR(checkpoint->commit_little());
  FOCUS_RETURN_IF_ERROR(checkpoint->hold_pin());
  return checkpoint;
}

WalCheckpoint::WalCheckpoint(std::unique_ptr<Database> writer, std::unique_ptr<Database> pin,
                             std::shared_ptr<const LogPages> pages, Mutex& gate)
    : pages_(std::move(pages)), gate_(gate), writer_(std::move(writer)), pin_(std::move(pin)) {}

/// Commits one page that holds what it held before.
absl::Status WalCheckpoint::commit_little() {
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::begin(*writer_));
  std::int64_t version = 0;
  {
    FOCUS_ASSIGN_OR_RETURN(Statement select, writer_->prepare("PRAGMA user_version"));
    FOCUS_ASSIGN_OR_RETURN(const bool found, select.step());
    if (found) version = select.integer(0);
  }
  FOCUS_RETURN_IF_ERROR(writer_->execute(absl::StrCat("PRAGMA user_version = ", version)));
  return transaction.commit();
}

absl::Status WalCheckpoint::hold_pin() {
  if (is_pinned_) return absl::OkStatus();
  pin_->roll_back();  // what an earlier try has left half done
  FOCUS_RETURN_IF_ERROR(pin_->execute("BEGIN; SELECT COUNT(*) FROM sqlite_schema"));
  is_pinned_ = true;
  return absl::OkStatus();
}

absl::Status WalCheckpoint::let_pin_go() {
  if (!is_pinned_) return absl::OkStatus();
  is_pinned_ = false;
  return pin_->execute("COMMIT");
}

/// Copies what there is of the log when it begins. Where nobody commits meanwhile that is all, and
/// the database file is synced then.
absl::StatusOr<WalCheckpoint::Copied> WalCheckpoint::copy() {
  // SQLite copies only up to the oldest snapshot, so the pin takes a new one. It may let go here,
  // because the log has pages that were not copied: SQLite does not restart it then.
  if (*pages_ > last_.copied) {
    FOCUS_RETURN_IF_ERROR(let_pin_go());
    FOCUS_RETURN_IF_ERROR(hold_pin());
  }
  FOCUS_ASSIGN_OR_RETURN(Statement copy, writer_->prepare("PRAGMA wal_checkpoint(PASSIVE)"));
  FOCUS_ASSIGN_OR_RETURN(const bool found, copy.step());
  if (found) last_ = {copy.integer(1), copy.integer(2)};
  return last_;
}

/// Where the log was copied as a whole and nobody has committed since.
absl::StatusOr<bool> WalCheckpoint::begin_anew_locked() {
  if (last_.copied != last_.pages || *pages_ != last_.pages) return false;
  FOCUS_RETURN_IF_ERROR(let_pin_go());
  const absl::Status committed = commit_little();
  // A reader that was just then at work on the main connection keeps SQLite from it: the page was
  // appended, and the next run tries again.
  const bool begun_anew = committed.ok() && *pages_ < last_.pages;
  if (begun_anew) {
    last_ = {};
    tried_at_ = 0;
  }
  FOCUS_RETURN_IF_ERROR(hold_pin());
  FOCUS_RETURN_IF_ERROR(committed);
  return begun_anew;
}

absl::StatusOr<bool> WalCheckpoint::begin_anew() {
  const MutexLock writers_wait(gate_);
  return begin_anew_locked();
}

absl::StatusOr<bool> WalCheckpoint::run() {
  const MutexLock guard(one_at_a_time_);
  for (int tries = 0; tries < kTries; ++tries) {
    FOCUS_ASSIGN_OR_RETURN(const Copied copied, copy());
    if (copied.pages == copied.copied) return begin_anew();
  }
  const MutexLock writers_wait(gate_);
  FOCUS_ASSIGN_OR_RETURN(const Copied copied, copy());
  if (copied.pages == copied.copied) return begin_anew_locked();
  return fault_error(Fault::io, "the catalogue's log could not be copied");
}

void WalCheckpoint::run_if_grown(std::int64_t by_pages) {
  std::int64_t tried_at = tried_at_;
  const std::int64_t pages = *pages_;
  // Of several callers one goes on.
  if (pages - tried_at < by_pages || !tried_at_.compare_exchange_strong(tried_at, pages)) return;
  const MutexLock guard(one_at_a_time_);
  for (int tries = 0; tries < kTries; ++tries) {
    const absl::StatusOr<Copied> copied = copy();
    if (!copied.ok()) return;
    if (copied->pages != copied->copied) continue;
    if (pages >= kBeginAnewAt) begin_anew().IgnoreError();
    return;
  }
  // The log would grow for ever where somebody commits all the time.
  if (*pages_ < kAtMost) return;
  const MutexLock writers_wait(gate_);
  if (copy().ok()) begin_anew_locked().IgnoreError();
}

}  // namespace focus::core::store
