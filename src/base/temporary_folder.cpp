// SPDX-License-Identifier: MIT
#include "base/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/guarded.h"

namespace focus::core {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLock = "/.lock";  // in the folder
constexpr int kTries = 8;
constexpr std::time_t kAtLeastSeconds = 60;  // the age of an empty folder that was left

/// A folder of this user's own, and no link to one.
bool is_own(const std::string& path, struct stat& info) {
  return ::lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == ::geteuid();
}

/// Makes the file that is locked, and locks it. On a file system without locks it stays unlocked,
/// and nobody takes the folder for abandoned. @return a descriptor, or -1 with errno.
int lock_new(const std::string& folder) {
  const int descriptor =
      ::open((folder + kLock).c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor >= 0) ::flock(descriptor, LOCK_EX | LOCK_NB);
  return descriptor;
}

/// @return a descriptor, or -1 where another process has the lock, or there is none.
int lock_abandoned(const std::string& folder) {
  const std::string path = folder + kLock;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return -1;
  struct stat opened {};
  struct stat named {};
  // Compared after the lock: another process may have removed the folder between the two.
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &opened) == 0 &&
      ::lstat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
      opened.st_dev == named.st_dev) {
    return descriptor;
  }
  ::close(descriptor);
  return -1;
}

void unlock(int descriptor) {
  // Closing alone would leave the lock with a forked child that has the same descriptor.
  ::flock(descriptor, LOCK_UN);
  ::close(descriptor);
}

/// The lock goes last: a folder whose removal is killed is removed by the next process. Tries again
/// where a command that is about to end still adds files.
void remove_locked(const std::string& folder) {
  for (int i = 0; i < kTries; ++i) {
    std::error_code failed;
    std::error_code ignored;
    auto entry = fs::directory_iterator(folder, failed);
    for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
      if ("/" + entry->path().filename().string() != kLock) fs::remove_all(entry->path(), ignored);
    }
    ::unlink((folder + kLock).c_str());
    if (::rmdir(folder.c_str()) == 0 || errno != ENOTEMPTY) return;
  }
}

}  // namespace

std::string temporary_base() {
  std::error_code failed;
  fs::path base = fs::temp_directory_path(failed);
  if (failed) base = "/tmp";
  if (const fs::path whole = fs::absolute(base, failed); !failed) base = whole;
  return base.string();
}

absl::StatusOr<std::string> make_temporary_folder(const std::string& prefix) {
  std::string folder = (fs::path(temporary_base()) / (prefix + "XXXXXX")).string();
  if (::mkdtemp(folder.data()) == nullptr) {
    return file_error(folder, "the temporary folder cannot be created", errno);
  }
  return folder;
}

absl::StatusOr<TemporaryFolder> TemporaryFolder::create(const std::string& prefix) {
  FOCUS_ASSIGN_OR_RETURN(std::string path, make_temporary_folder(prefix));
  const int descriptor = lock_new(path);
  if (descriptor >= 0) return TemporaryFolder(std::move(path), descriptor);
  const int failed = errno;
  ::rmdir(path.c_str());
  return file_error(path, "the temporary folder cannot be used", failed);
}

void TemporaryFolder::remove_abandoned(const std::string& prefix) {
  std::error_code failed;
  auto entry = fs::directory_iterator(temporary_base(), failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    const std::string path = entry->path().string();
    struct stat info {};
    if (!entry->path().filename().string().starts_with(prefix) || !is_own(path, info)) continue;
    const int descriptor = lock_abandoned(path);
    if (descriptor >= 0) {
      remove_locked(path);
      unlock(descriptor);
    } else if (Clock::system().unix_seconds() - info.st_mtime > kAtLeastSeconds) {
      ::rmdir(path.c_str());  // killed before it could make the lock; nothing happens unless empty
    }
  }
}

void TemporaryFolder::remove_abandoned() {
  for (const char* prefix : {kCommandFolderPrefix, kCheckFolderPrefix}) remove_abandoned(prefix);
}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  without_throwing([this] { remove_locked(path_); });
  unlock(descriptor_);
}

}  // namespace focus::core
