// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

namespace focus::core {

/// Creates an empty file that only its owner may read and write (mode 0600, whatever the umask is).
/// Where the file is there already, its content stays, and its permissions become such.
absl::Status create_private_file(const std::string& path);

/// Takes the permissions of all but the owner from a file (0600) or a folder (0700). Does nothing
/// where there is no such file, for a link, and where it belongs to another user, since only its
/// owner can change that.
void make_private(const std::string& path);

}  // namespace focus::core
