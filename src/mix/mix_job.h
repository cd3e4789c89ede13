// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/cancel.h"
#include "base/mutex.h"
#include "mix/mix.h"

namespace focus::core::mix {

/// Files to be mixed, and the report once they have been. Thread-safe.
class MixJob {
 public:
  /// Opens every file, so that an unreadable one is reported at once. A pipe is read to its end,
  /// and its copy kept for as long as the job.
  static absl::StatusOr<std::unique_ptr<MixJob>> create(std::vector<std::string> paths,
                                                        const MixSettings& settings);

  /// Makes the mix: into a file, or without a path for the report alone. Blocks until it is done. A
  /// second call while one is running returns Fault::conflict.
  absl::Status write(const std::optional<std::string>& path);
  /// Cancels the write() that is running, from another thread.
  void cancel();

  const std::vector<std::string>& paths() const { return paths_; }
  double progress() const { return progress_.load(std::memory_order_relaxed); }
  /// Null until a mix is complete.
  std::shared_ptr<const MixReport> report() const;

 private:
  MixJob(std::vector<std::string> paths, std::vector<int> rates, SourceCopies copies,
         const MixSettings& settings)
      : paths_(std::move(paths)),
        rates_(std::move(rates)),
        copies_(std::move(copies)),
        settings_(settings) {}
  absl::StatusOr<MixReport> make(const std::optional<std::string>& path, const CancelToken& cancel);

  const std::vector<std::string> paths_;
  const std::vector<int> rates_;
  const SourceCopies copies_;
  const MixSettings settings_;
  std::atomic<double> progress_{0.0};
  mutable Mutex mutex_;
  std::optional<CancelToken> under_way_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const MixReport> report_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::mix
