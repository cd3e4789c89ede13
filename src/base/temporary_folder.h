// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/statusor.h>

namespace focus::core {

/// Creates a folder where the system keeps what is temporary, for this user alone (mode 0700). Its
/// name begins with `prefix`.
absl::StatusOr<std::string> make_temporary_folder(const std::string& prefix);

/// Such a folder for as long as this lives; what is in it goes with it.
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

  std::string path_;  // "" once it was moved away
};

}  // namespace focus::core
