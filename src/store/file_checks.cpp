// SPDX-License-Identifier: MIT
#include "store/file_checks.h"

#include <utility>

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<std::shared_ptr<const FileAudioBytes>> FileChecks::open(const std::string& path,
                                                                       audio::AudioFormat format,
                                                                       const std::string& digest) {
  FOCUS_ASSIGN_OR_RETURN(std::shared_ptr<const FileAudioBytes> file,
                         FileAudioBytes::open(path, format));
  if (digest.empty() || has_passed(*file, digest)) return file;
  FOCUS_ASSIGN_OR_RETURN(const std::string found, file->digest());
  if (found != digest) {
    return damaged(path,
                   "has another content than was kept (its checksum is wrong); the disk or "
                   "something that wrote to it has damaged it");
  }
  remember(*file, digest);
  return file;
}

void FileChecks::note(const std::string& path, audio::AudioFormat format,
                      const std::string& digest) {
  const auto file = FileAudioBytes::open(path, format);
  if (file.ok()) remember(**file, digest);
}

bool FileChecks::has_passed(const FileAudioBytes& file, const std::string& digest) const {
  const MutexLock lock(mutex_);
  const auto passed = passed_.find(file.path());
  return passed != passed_.end() && passed->second.stamp == file.stamp() &&
         passed->second.digest == digest;
}

void FileChecks::remember(const FileAudioBytes& file, const std::string& digest) {
  const MutexLock lock(mutex_);
  if (passed_.size() >= kMostRemembered) passed_.clear();
  passed_[file.path()] = {file.stamp(), digest};
}

}  // namespace focus::core::store
