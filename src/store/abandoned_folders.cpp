// SPDX-License-Identifier: MIT
#include "store/abandoned_folders.h"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <absl/strings/match.h>

#include "base/error.h"
#include "store/folder_lock.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "/temporary";

/// A folder of this user's own, and no link to one.
bool is_own_folder(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == ::geteuid();
}

}  // namespace

absl::Status mark_as_temporary(const std::string& folder) {
  const std::string path = folder + std::string(kMark);
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return file_error(path, "cannot be created", errno);
  ::close(descriptor);
  return absl::OkStatus();
}

void unmark_as_temporary(const std::string& folder) {
  ::unlink((folder + std::string(kMark)).c_str());
}

void remove_temporary_folder(const std::string& folder) {
  std::error_code failed;
  std::error_code ignored;
  auto entry = fs::directory_iterator(folder, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    const std::string name = "/" + entry->path().filename().string();
    if (name != kMark && name != FolderLock::kName) fs::remove_all(entry->path(), ignored);
  }
  unmark_as_temporary(folder);
  fs::remove_all(folder, ignored);
}

void remove_abandoned_folders(const std::string& base, const std::string& prefix) {
  std::error_code failed;
  std::error_code ignored;
  auto entry = fs::directory_iterator(base, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    const std::string path = entry->path().string();
    if (!absl::StartsWith(entry->path().filename().string(), prefix)) continue;
    if (!is_own_folder(path) || !fs::exists(path + std::string(kMark), ignored)) continue;
    if (const auto lock = FolderLock::take_existing(path); lock.ok()) {
      remove_temporary_folder(path);
    }
  }
}

}  // namespace focus::core::store
