// SPDX-License-Identifier: MIT
#include "store/wal_sync.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <absl/cleanup/cleanup.h>

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<std::unique_ptr<WalSync>> WalSync::open(const std::string& path, DiskSync& disk,
                                                       Rescue rescue) {
  // SQLite locks the database file and its shared memory, never the log. So closing a descriptor of
  // the log frees no lock of SQLite's (as closing one of the database file would).
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return file_error(path, "cannot be opened", errno);
  return std::unique_ptr<WalSync>(new WalSync(path, descriptor, disk, std::move(rescue)));
}

WalSync::WalSync(std::string path, int descriptor, DiskSync& disk, Rescue rescue)
    : path_(std::move(path)), descriptor_(descriptor), disk_(disk), rescue_(std::move(rescue)) {}

WalSync::~WalSync() { ::close(descriptor_); }

absl::Status WalSync::sync() {
  if (is_suspect_) {
    FOCUS_ASSIGN_OR_RETURN(const bool begun_anew, rescue_());
    is_suspect_ = !begun_anew;
    return absl::OkStatus();
  }
  const int failed = disk_.sync(descriptor_, DiskSync::What::log);
  if (failed == 0) return absl::OkStatus();
  is_suspect_ = true;
  return file_error(path_, "cannot be synced", failed);
}

absl::Status WalSync::wait() {
  assert_no_session_lock();
  std::shared_ptr<Round> round;
  auto following = std::make_shared<Round>();  // before the round begins, which must also end
  absl::Status status = out_of_memory("syncing the log");  // unless the sync says otherwise
  {
    const MutexLock lock(mutex_);
    // A running round may have begun before the caller's commit, so the caller joins the next
    // round. The first caller that finds no round running starts it for all callers that have
    // joined.
    round = next_;
    while (is_running_ && !round->done) round_ended_.wait(mutex_);
    if (round->done) return round->status;
    is_running_ = true;
    next_ = std::move(following);
  }
  {
    const absl::Cleanup end_round = [&] {  // also by an exception, or all later callers would wait
      {
        const MutexLock lock(mutex_);
        is_running_ = false;
        round->done = true;
        round->status = status;
      }
      round_ended_.notify_all();
    };
    status = sync();
  }
  return status;
}

}  // namespace focus::core::store
