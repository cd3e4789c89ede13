// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace focus::core::store {

/// Keeps a data folder to one service at a time, across processes. Freed when destroyed or when the
/// process ends, however it ends.
class FolderLock {
 public:
  static constexpr std::string_view kName = "/lock";  // in the folder
  static absl::StatusOr<std::unique_ptr<FolderLock>> take(const std::string& folder);
  /// Only where it has been taken before; nothing is created.
  static absl::StatusOr<std::unique_ptr<FolderLock>> take_existing(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  static absl::StatusOr<std::unique_ptr<FolderLock>> take(const std::string& folder, int creation);
  int descriptor_;
};

}  // namespace focus::core::store
