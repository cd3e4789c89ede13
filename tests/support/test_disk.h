// SPDX-License-Identifier: MIT
#pragma once

#include <cerrno>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

#include "base/disk_sync.h"

namespace focus::test {

/// A disk whose syncs a test can hold up, let fail and count. It waits for no real disk.
class TestDisk final : public core::DiskSync {
 public:
  int sync(int, What what) override {
    std::unique_lock lock(mutex_);
    ++begun_[what];
    ++waiting_;
    opened_.wait(lock, [&] { return !closed_.contains(what); });
    --waiting_;
    return failing_.contains(what) ? EIO : 0;
  }

  /// Syncs of this kind do not return until open().
  void close(What what) {
    const std::lock_guard guard(mutex_);
    closed_.insert(what);
  }
  /// No sync returns until open().
  void close() {
    for (const What what : {What::file, What::folder, What::log}) close(what);
  }
  void open() {
    {
      const std::lock_guard guard(mutex_);
      closed_.clear();
    }
    opened_.notify_all();
  }
  void fail(What what) {
    const std::lock_guard guard(mutex_);
    failing_.insert(what);
  }
  void heal() {
    const std::lock_guard guard(mutex_);
    failing_.clear();
  }

  /// How many syncs have begun, and how many have not returned.
  int begun(What what) const {
    const std::lock_guard guard(mutex_);
    const auto found = begun_.find(what);
    return found != begun_.end() ? found->second : 0;
  }
  int waiting() const {
    const std::lock_guard guard(mutex_);
    return waiting_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable opened_;
  std::map<What, int> begun_;
  std::set<What> closed_;
  std::set<What> failing_;
  int waiting_ = 0;
};

}  // namespace focus::test
