// SPDX-License-Identifier: MIT
#include "base/private_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

namespace focus::core {
namespace {

constexpr mode_t kFileMode = 0600;
constexpr mode_t kFolderMode = 0700;
constexpr mode_t kOthers = 0077;

}  // namespace

absl::Status create_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, kFileMode);
  if (file < 0) return file_error(path, "cannot be written", errno);
  // A umask may have taken too much, and a file that was there may have had too much.
  const int changed = ::fchmod(file, kFileMode);
  const int failed = errno;
  ::close(file);
  // Some file systems have no permissions.
  if (changed != 0 && failed != EPERM && failed != ENOTSUP) {
    return file_error(path, "cannot be made private", failed);
  }
  return absl::OkStatus();
}

void make_private(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || status.st_uid != ::geteuid()) return;
  if (S_ISDIR(status.st_mode) && (status.st_mode & kOthers) != 0) {
    (void)::chmod(path.c_str(), kFolderMode);
  }
  if (S_ISREG(status.st_mode) && (status.st_mode & kOthers) != 0) {
    (void)::chmod(path.c_str(), kFileMode);
  }
}

}  // namespace focus::core
