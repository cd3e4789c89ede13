// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "base/mutex.h"
#include "store/audio_bytes.h"
#include "store/folder_lock.h"
#include "store/objects/object_bytes.h"

namespace focus::core::store {

struct ObjectCacheOptions {
  std::string folder;  ///< of this cache alone; it is made, and readable by its owner alone
  std::int64_t bytes = 2'000'000'000;
};

/// Copies of objects on this machine's disk, a file each, of a bounded number of bytes: where there
/// is no room, those that were not opened for longest go. Who reads a file that goes reads on to
/// its end, and its bytes are free after that. The cache survives a restart; what it finds then is
/// compared with the size and the digest before it is used. Thread-safe.
class ObjectCache {
 public:
  /// Writes the bytes of an object to this path. Is called without any lock.
  using Download = std::function<absl::Status(const std::string& path)>;

  /// Fault::io where another process has a cache in this folder.
  static absl::StatusOr<std::unique_ptr<ObjectCache>> open(const ObjectCacheOptions& options);

  /// The bytes of an object, which are downloaded where they are not here. Several callers of one
  /// object cause one download, and get its error if it fails. Bytes that are not those of the
  /// facts are Fault::bad_data.
  absl::StatusOr<std::shared_ptr<const AudioBytes>> get(const ObjectFacts& object,
                                                        const Download& download);
  /// Keeps a copy of a file of this machine that was put into the storage just now, so that it need
  /// not be downloaded: a second name of the file, which must not be written to any more. Does
  /// nothing where the cache is on another file system.
  void adopt(const std::string& name, const std::string& path);
  /// Removes the file of an object that was deleted.
  void forget(const std::string& name);

  struct Figures {
    std::int64_t bytes = 0;  ///< of the files that are here or on the way
    std::int64_t files = 0;
    std::int64_t hits = 0;
    std::int64_t downloads = 0;
  };
  Figures figures() const;

 private:
  /// A file of the cache.
  struct Entry {
    std::int64_t size = 0;
    std::string checked;                     // see check_of(); "" where it was not checked yet
    std::list<std::string>::iterator place;  // in order_
  };
  /// A download that is under way.
  struct Flight {
    bool has_ended = false;
    absl::Status result;
  };
  using File = std::shared_ptr<const FileAudioBytes>;

  ObjectCache(std::string folder, std::int64_t bytes, std::unique_ptr<FolderLock> lock);

  std::string path_of(const std::string& name) const;
  absl::Status read_folder();
  absl::StatusOr<File> open_here(const ObjectFacts& object);
  std::shared_ptr<Flight> begin_flight(const ObjectFacts& object)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<File> fly(const ObjectFacts& object, const Download& download, Flight& flight);
  void make_room(std::int64_t size) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void add(const std::string& name, std::int64_t size, std::string checked)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void drop(const std::string& name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string folder_;
  const std::int64_t most_bytes_;
  const std::unique_ptr<FolderLock> lock_;
  /// Files are removed under it, so that a file never belongs to an entry that was just made.
  mutable Mutex mutex_;
  CondVar landed_;
  std::map<std::string, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::shared_ptr<Flight>> flights_ ABSL_GUARDED_BY(mutex_);
  std::list<std::string> order_ ABSL_GUARDED_BY(mutex_);  // names; the last used ones first
  std::int64_t on_the_way_ ABSL_GUARDED_BY(mutex_) = 0;   // bytes of downloads
  Figures figures_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::store
