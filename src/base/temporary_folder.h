// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include <absl/status/statusor.h>

namespace focus::core {

/// How the names of TemporaryFolders of the library begin: those in which a command does its work,
/// and those in which a store is checked.
inline constexpr char kCommandFolderPrefix[] = "focus-command-";
inline constexpr char kCheckFolderPrefix[] = "focus-check-";

/// The system's temporary folder, as an absolute path.
std::string temporary_base();

/// Creates a folder in the system's temporary folder, accessible to this user alone (mode 0700).
/// Its name begins with `prefix`.
absl::StatusOr<std::string> make_temporary_folder(const std::string& prefix);

/// Owns such a folder. The destructor removes it with everything in it. The folder is locked for as
/// long as this lives (by a file in it, `.lock`): one whose lock is there and free was left by a
/// process that was killed.
class TemporaryFolder {
 public:
  static absl::StatusOr<TemporaryFolder> create(const std::string& prefix);
  /// Removes what killed processes of this user have left of folders with this prefix. What is in
  /// use, of another user or no folder is not touched, and what can not be removed stays. Never for
  /// a prefix with which other folders than these are made.
  static void remove_abandoned(const std::string& prefix);
  /// The same for every prefix of the library. Called when a store in files is opened, whatever its
  /// service will do.
  static void remove_abandoned();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&& other) noexcept
      : path_(std::exchange(other.path_, std::string())),
        descriptor_(std::exchange(other.descriptor_, -1)) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;

  const std::string& path() const { return path_; }

 private:
  TemporaryFolder(std::string path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}

  std::string path_;  // "" after a move
  int descriptor_;    // of the lock; -1 after a move
};

}  // namespace focus::core
