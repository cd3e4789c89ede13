// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "engines/library/features.h"
#include "engines/library/sqlite.h"

namespace focus::core::engines {

/// All tracks as they were at one moment, in the order of their paths. Immutable. A session is
/// planned from one snapshot to its end, whatever is found or lost meanwhile.
struct LibrarySnapshot {
  std::int64_t generation = 0;
  std::vector<Track> tracks;
};

/// What the catalogue knows of a file, whether it can be played or not.
struct KnownFile {
  std::int64_t bytes = 0;
  std::int64_t changed = 0;
  std::string reason;  ///< why it is skipped; "": it is a track
};

/// What was found out about the files of a folder, in a file of its own: a cache, which may be
/// deleted at any time. Rows are kept with the generation in which they were added and in which
/// they were given up, so that a session that was begun in an older generation still finds the
/// tracks that it was planned from, also after the process has ended. Thread-safe.
class LibraryCatalogue {
 public:
  /// Opens or makes the file, and its folder. A damaged catalogue is moved aside (".damaged") and
  /// made anew. Fault::argument for a file that is something else, which stays as it is;
  /// Fault::unsupported for one that a newer version has written. `root`, of which the tracks'
  /// places are told, must be the one that it was made for.
  static absl::StatusOr<std::unique_ptr<LibraryCatalogue>> open(const std::string& path,
                                                                const std::string& root);

  /// The newest generation.
  absl::StatusOr<std::int64_t> generation();
  /// By their paths, all files of the newest generation.
  absl::StatusOr<std::map<std::string, KnownFile>> known();
  absl::StatusOr<std::vector<SkippedFile>> skipped();
  absl::StatusOr<std::shared_ptr<const LibrarySnapshot>> snapshot(std::int64_t generation);
  absl::StatusOr<TrackDetail> detail(std::int64_t track_id);

  /// What one scan has found out: written at once, and a generation of its own.
  struct Change {
    std::vector<std::string> gone;
    struct New {
      Track track;
      std::string detail;  ///< bytes_of()
      std::string reason;  ///< why it is skipped; "": it is a track
    };
    std::vector<New> found;  ///< in place of what was known of their paths

    bool empty() const { return gone.empty() && found.empty(); }
  };
  absl::Status apply(const Change& change);

  /// The generation that a session goes by: the newest when it is asked for first.
  absl::StatusOr<std::int64_t> generation_of(const std::string& session);
  /// Forgets sessions older than a month, and rows that no session needs.
  absl::Status tidy();

 private:
  LibraryCatalogue(std::unique_ptr<SqliteFile> file, std::string root)
      : file_(std::move(file)), root_(std::move(root)) {}
  static absl::StatusOr<std::unique_ptr<LibraryCatalogue>> open_once(const std::string& path,
                                                                     const std::string& root);
  absl::Status prepare_schema(const std::string& path) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status write(const Change& change) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::string place_of(const std::string& path) const;

  Mutex mutex_;
  const std::unique_ptr<SqliteFile> file_ ABSL_PT_GUARDED_BY(mutex_);
  const std::string root_;
};

}  // namespace focus::core::engines
