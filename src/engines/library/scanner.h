// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/mutex.h"
#include "engines/library/catalogue.h"
#include "engines/library/folder_walk.h"
#include "engines/library/music_library.h"

namespace focus::core::engines {

/// Scans a folder in the background: looks through it, analyses what is new or has changed, and
/// writes what was found into the catalogue every few seconds, so that little is lost where the
/// process ends. Thread-safe.
class LibraryScanner {
 public:
  /// `published` is called without a lock, on a thread of the scan, when the catalogue has changed.
  LibraryScanner(std::string root, LibraryCatalogue& catalogue, int worker_count,
                 std::function<void()> published);
  /// Stops the scan; takes as long as reading a block of a file.
  ~LibraryScanner();

  absl::Status begin();
  LibraryProgress progress() const;
  absl::Status wait(std::chrono::milliseconds timeout) const;
  /// Files that are skipped without having been read, such as pipes.
  std::vector<SkippedFile> skipped() const;

 private:
  absl::Status scan();
  absl::Status compare(const FolderContent& content);
  void analyse_next_files();
  LibraryCatalogue::Change::New look_into(const FoundFile& file, bool& is_known);
  absl::Status publish(LibraryCatalogue::Change change);
  absl::Status publish_if_due(bool is_end);
  bool is_cancelled() const { return cancelled_.load(std::memory_order_relaxed); }
  void end(const absl::Status& status);

  const std::string root_;
  LibraryCatalogue& catalogue_;
  const int worker_count_;
  const std::function<void()> published_;
  std::atomic<bool> cancelled_{false};

  Mutex begin_mutex_{LockRank::store};  ///< taken before the other
  std::thread thread_ ABSL_GUARDED_BY(begin_mutex_);
  mutable Mutex mutex_;
  mutable CondVar changed_;
  LibraryProgress progress_ ABSL_GUARDED_BY(mutex_);
  std::vector<SkippedFile> skipped_ ABSL_GUARDED_BY(mutex_);
  std::vector<FoundFile> to_do_ ABSL_GUARDED_BY(mutex_);  ///< the last is the next
  LibraryCatalogue::Change fresh_ ABSL_GUARDED_BY(mutex_);
  double published_at_ ABSL_GUARDED_BY(mutex_) = 0.0;
  absl::Status failed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::engines
