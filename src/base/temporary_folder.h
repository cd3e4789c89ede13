// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/statusor.h>

namespace focus::core {

/// Creates a folder in the system's temporary folder, accessible to this user alone (mode 0700).
/// Its name begins with `prefix`.
absl::StatusOr<std::string> make_temporary_folder(const std::string& prefix);

/// Owns such a folder. The destructor removes it with everything in it.
class TemporaryFolder {
 public:
  static absl::StatusOr<TemporaryFolder> create(const std::string& prefix);
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;

  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;  // "" after a move
};

}  // namespace focus::core
