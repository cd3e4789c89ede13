// SPDX-License-Identifier: MIT
#include "base/disk_sync.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"

namespace focus::core {
namespace {

class SystemDiskSync final : public DiskSync {
 public:
  int sync(int descriptor, What what) override {
#ifdef __APPLE__
    const int result = ::fsync(descriptor);
    static_cast<void>(what);
#else
    const int result = what == What::log ? ::fdatasync(descriptor) : ::fsync(descriptor);
#endif
    return result == 0 ? 0 : errno;
  }
};

absl::Status sync_path(const std::string& path, int flags, DiskSync::What what, DiskSync& disk) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return file_error(path, "cannot be opened", errno);
  const int failed = disk.sync(descriptor, what);
  ::close(descriptor);
  // Some file systems cannot sync a folder and return EINVAL for it.
  const bool is_unknown = what == DiskSync::What::folder && failed == EINVAL;
  return failed == 0 || is_unknown ? absl::OkStatus()
                                   : file_error(path, "cannot be synced", failed);
}

}  // namespace

DiskSync& DiskSync::system() {
  static auto* const system = new SystemDiskSync;  // never destroyed, see Clock::system()
  return *system;
}

absl::Status sync_file(const std::string& path, DiskSync& disk) {
  return sync_path(path, O_RDONLY, DiskSync::What::file, disk);
}

absl::Status sync_folder(const std::string& folder, DiskSync& disk) {
  return sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY, DiskSync::What::folder,
                   disk);
}

}  // namespace focus::core
