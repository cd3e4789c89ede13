// SPDX-License-Identifier: MIT
#include "store/folder_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<std::unique_ptr<FolderLock>> FolderLock::take(const std::string& folder) {
  return take(folder, O_CREAT);
}

absl::StatusOr<std::unique_ptr<FolderLock>> FolderLock::take_existing(const std::string& folder) {
  return take(folder, 0);
}

absl::StatusOr<std::unique_ptr<FolderLock>> FolderLock::take(const std::string& folder,
                                                             int creation) {
  const std::string path = folder + std::string(kName);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | creation, 0600);
  if (descriptor < 0) return file_error(folder, "cannot be written to", errno);
  std::unique_ptr<FolderLock> lock(new FolderLock(descriptor));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return file_error(path, "cannot be locked", errno);
    return io_error(folder, "in use by another service; close that one or choose another folder");
  }
  return lock;
}

FolderLock::~FolderLock() {
  // Closing alone would leave it with a forked child that has the same descriptor.
  ::flock(descriptor_, LOCK_UN);
  ::close(descriptor_);
}

}  // namespace focus::core::store
