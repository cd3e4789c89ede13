// SPDX-License-Identifier: MIT
#include "base/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <unistd.h>

#include "base/error.h"

namespace focus::core {

namespace fs = std::filesystem;

absl::StatusOr<std::string> make_temporary_folder(const std::string& prefix) {
  std::error_code failed;
  fs::path base = fs::temp_directory_path(failed);
  if (failed) base = "/tmp";
  if (const fs::path whole = fs::absolute(base, failed); !failed) base = whole;
  std::string folder = (base / (prefix + "XXXXXX")).string();
  if (::mkdtemp(folder.data()) == nullptr) {
    return file_error(folder, "the temporary folder cannot be created", errno);
  }
  return folder;
}

absl::StatusOr<TemporaryFolder> TemporaryFolder::create(const std::string& prefix) {
  FOCUS_ASSIGN_OR_RETURN(std::string path, make_temporary_folder(prefix));
  return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace focus::core
