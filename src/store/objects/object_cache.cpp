// SPDX-License-Identifier: MIT
#include "store/objects/object_cache.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/guarded.h"
#include "base/private_file.h"
#include "store/objects/object_bytes.h"
#include "store/objects/percent_encoding.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;

/// A file that an earlier process has left.
struct FoundFile {
  std::string name;  // of the object
  std::int64_t size = 0;
  timespec used = {};
};

bool was_used_before(const FoundFile& a, const FoundFile& b) {
  return std::pair(a.used.tv_sec, a.used.tv_nsec) < std::pair(b.used.tv_sec, b.used.tv_nsec);
}

/// Notes the use of a file on the disk, for the order after a restart. The time of change stays.
void note_use(const std::string& path) {
  const timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
  static_cast<void>(::utimensat(AT_FDCWD, path.c_str(), times, 0));
}

/// Of a check that has passed: another text for another file, and for other facts.
std::string check_of(const ObjectFacts& object, const FileAudioBytes& file) {
  return absl::StrCat(file.identity(), " ", object.size, " ", object.digest);
}

void remove_quietly(const std::string& path) { static_cast<void>(::unlink(path.c_str())); }

}  // namespace

absl::StatusOr<std::unique_ptr<ObjectCache>> ObjectCache::open(const ObjectCacheOptions& options) {
  if (options.bytes < 1) return invalid_field("cache_bytes", "must be at least 1");
  const std::string files = absl::StrCat(options.folder, "/objects");
  std::error_code error;
  fs::create_directories(files, error);
  if (error) return file_error(files, "cannot be made", error.value());
  make_private(options.folder);
  make_private(files);
  FOCUS_ASSIGN_OR_RETURN(auto lock, FolderLock::take(options.folder));
  std::unique_ptr<ObjectCache> cache(new ObjectCache(files, options.bytes, std::move(lock)));
  FOCUS_RETURN_IF_ERROR(cache->read_folder());
  return cache;
}

ObjectCache::ObjectCache(std::string folder, std::int64_t bytes, std::unique_ptr<FolderLock> lock)
    : folder_(std::move(folder)), most_bytes_(bytes), lock_(std::move(lock)) {}

std::string ObjectCache::path_of(const std::string& name) const {
  return absl::StrCat(folder_, "/", percent_encode(name, Slash::encoded));
}

absl::Status ObjectCache::read_folder() {
  std::vector<FoundFile> found;
  std::error_code error;
  for (fs::directory_iterator at(folder_, error), end; !error && at != end; at.increment(error)) {
    const std::string file_name = at->path().filename().string();
    struct stat status {};
    if (::lstat(at->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    if (is_partial_name(file_name)) {
      remove_quietly(at->path().string());
    } else {
      found.push_back({percent_decode(file_name), status.st_size, status.st_atim});
    }
  }
  if (error) return file_error(folder_, "cannot be read", error.value());
  std::sort(found.begin(), found.end(), was_used_before);
  const MutexLock lock(mutex_);
  for (const FoundFile& file : found) add(file.name, file.size, {});
  make_room(0);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> ObjectCache::get(const ObjectFacts& object,
                                                                   const Download& download) {
  for (;;) {
    std::shared_ptr<Flight> flight;
    {
      const MutexLock lock(mutex_);
      if (const auto found = flights_.find(object.name); found != flights_.end()) {
        const std::shared_ptr<Flight> other = found->second;
        while (!other->has_ended) landed_.wait(mutex_);
        if (!other->result.ok()) return other->result;
        continue;
      }
      if (!entries_.contains(object.name)) flight = begin_flight(object);
    }
    absl::StatusOr<File> file = flight ? fly(object, download, *flight) : open_here(object);
    if (file.ok()) return ObjectBytes::of(*std::move(file), object.digest);
    if (flight) return file.status();
    forget(object.name);  // lost or damaged: it is downloaded again
  }
}

/// Opens a file that is here, and checks it unless this process has done so before.
absl::StatusOr<ObjectCache::File> ObjectCache::open_here(const ObjectFacts& object) {
  const std::string path = path_of(object.name);
  FOCUS_ASSIGN_OR_RETURN(File file, FileAudioBytes::open(path, object.format));
  std::string checked;
  {
    const MutexLock lock(mutex_);
    const auto found = entries_.find(object.name);
    if (found != entries_.end()) checked = found->second.checked;
  }
  const std::string check = check_of(object, *file);
  if (checked != check) FOCUS_RETURN_IF_ERROR(check_bytes(object, *file));
  note_use(path);
  const MutexLock lock(mutex_);
  ++figures_.hits;
  if (const auto found = entries_.find(object.name); found != entries_.end()) {
    found->second.checked = check;
    order_.splice(order_.begin(), order_, found->second.place);
  }
  return file;
}

std::shared_ptr<ObjectCache::Flight> ObjectCache::begin_flight(const ObjectFacts& object) {
  auto flight = std::make_shared<Flight>();
  flights_.emplace(object.name, flight);
  make_room(object.size);
  on_the_way_ += object.size;
  ++figures_.downloads;
  return flight;
}

/// Downloads the object, and tells those who wait for it how that went.
absl::StatusOr<ObjectCache::File> ObjectCache::fly(const ObjectFacts& object,
                                                   const Download& download, Flight& flight) {
  absl::StatusOr<File> file = caught("keeping a copy of an object", [&]() -> absl::StatusOr<File> {
    AtomicFile copy(path_of(object.name));
    FOCUS_RETURN_IF_ERROR(create_private_file(copy.partial_path()));
    FOCUS_RETURN_IF_ERROR(download(copy.partial_path()));
    FOCUS_ASSIGN_OR_RETURN(File opened, FileAudioBytes::open(copy.partial_path(), object.format));
    FOCUS_RETURN_IF_ERROR(check_bytes(object, *opened));
    // Not synced: what a power cut leaves of it is found out by its digest.
    FOCUS_RETURN_IF_ERROR(copy.rename());
    return opened;
  });
  const MutexLock lock(mutex_);
  on_the_way_ -= object.size;
  flight.has_ended = true;
  flight.result = file.status();
  flights_.erase(object.name);
  landed_.notify_all();
  if (!file.ok()) return file;
  add(object.name, object.size, check_of(object, **file));
  make_room(0);  // one object may be more than the cache may hold
  return file;
}

void ObjectCache::adopt(const std::string& name, const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || status.st_size > most_bytes_) return;
  const MutexLock lock(mutex_);
  if (entries_.contains(name) || flights_.contains(name)) return;
  make_room(status.st_size);
  // Its digest is compared when it is opened, as that of any file which is found here.
  if (::link(path.c_str(), path_of(name).c_str()) == 0) add(name, status.st_size, {});
}

void ObjectCache::forget(const std::string& name) {
  const MutexLock lock(mutex_);
  drop(name);
}

ObjectCache::Figures ObjectCache::figures() const {
  const MutexLock lock(mutex_);
  Figures figures = figures_;
  figures.bytes += on_the_way_;
  figures.files = static_cast<std::int64_t>(entries_.size());
  return figures;
}

/// Removes the files that were used least lately, until so many bytes more are within the bound.
void ObjectCache::make_room(std::int64_t size) {
  while (!order_.empty() && figures_.bytes + on_the_way_ + size > most_bytes_) {
    drop(std::string(order_.back()));
  }
}

/// Notes a file as the one that was used last.
void ObjectCache::add(const std::string& name, std::int64_t size, std::string checked) {
  order_.push_front(name);
  entries_.insert_or_assign(name, Entry{size, std::move(checked), order_.begin()});
  figures_.bytes += size;
}

void ObjectCache::drop(const std::string& name) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return;
  remove_quietly(path_of(name));
  figures_.bytes -= found->second.size;
  order_.erase(found->second.place);
  entries_.erase(found);
}

}  // namespace focus::core::store
