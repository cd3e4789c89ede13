// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

#include "base/disk_sync.h"
#include "base/mutex.h"

namespace focus::test {

/// A disk whose syncs take as long as the test likes: from `hold` to `release`.
class HeldDisk final : public core::DiskSync {
 public:
  int sync(int descriptor, What what) override {
    {
      const core::MutexLock lock(mutex_);
      if (held_) waiting_ += 1;
      while (held_) released_.wait(mutex_);
    }
    return core::DiskSync::system().sync(descriptor, what);
  }

  void hold() {
    const core::MutexLock lock(mutex_);
    held_ = true;
  }
  void release() {
    {
      const core::MutexLock lock(mutex_);
      held_ = false;
      waiting_ = 0;
    }
    released_.notify_all();
  }
  /// How many syncs have come since `hold`, and wait.
  int waiting() const { return waiting_; }

 private:
  core::Mutex mutex_;
  core::CondVar released_;
  bool held_ ABSL_GUARDED_BY(mutex_) = false;
  std::atomic<int> waiting_{0};
};

}  // namespace focus::test
