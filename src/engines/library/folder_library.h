// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "engines/library/catalogue.h"
#include "engines/library/music_library.h"
#include "engines/library/programmes.h"
#include "engines/library/scanner.h"

namespace focus::core::engines {

/// A folder of music: its catalogue, the scan that fills it, and the programmes that are played
/// from it. Thread-safe.
class FolderLibrary final : public MusicLibrary,
                            public std::enable_shared_from_this<FolderLibrary> {
 public:
  /// Opens the catalogue, and begins a scan. The error names the field of LibraryOptions.
  static absl::StatusOr<std::shared_ptr<FolderLibrary>> open(const LibraryOptions& options);
  /// Use open().
  FolderLibrary(std::string root, std::unique_ptr<LibraryCatalogue> catalogue, int worker_count);

  absl::Status scan() override { return scanner_.begin(); }
  LibraryProgress progress() const override { return scanner_.progress(); }
  absl::Status wait(std::chrono::milliseconds timeout) const override {
    return scanner_.wait(timeout);
  }
  absl::StatusOr<LibraryListing> list() const override;
  absl::StatusOr<std::shared_ptr<MusicEngine>> make_engine(const std::string& key) override;
  absl::StatusOr<HeardTrack> heard(const std::string& session_id, double seconds) const override;

  Programmes& programmes() { return programmes_; }
  /// Waits until there is music enough to begin with: all of it, or some tracks of a folder that is
  /// scanned for the first time. An error where the scan has found none.
  absl::Status await_tracks(const std::function<bool()>& cancelled);
  /// Keeps the reason for list().
  void note_failure(const Track& track, const absl::Status& why);

 private:
  const std::unique_ptr<LibraryCatalogue> catalogue_;
  Programmes programmes_;
  mutable Mutex mutex_;
  /// By their paths, files that could not be played although they could be analysed.
  std::map<std::string, std::string> failures_ ABSL_GUARDED_BY(mutex_);
  LibraryScanner scanner_;  // is stopped before the others end
};

/// The catalogue of a folder where the host names none: in the user's cache folder, by a digest of
/// the folder's path. Fault::argument, naming the field, where the system tells no such folder.
absl::StatusOr<std::string> usual_catalogue(const std::string& root);

}  // namespace focus::core::engines
