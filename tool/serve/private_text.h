// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace cli {

/// Replaces the file, whole or not at all, readable by its owner alone; it survives a power cut.
/// Throws a Failure that names the file.
void write_private_text(const std::string& path, const std::string& text);

/// Takes the permissions of all but its owner from the file, where it is ours.
void make_private(const std::string& path);

/// The folder in which the file is.
std::string folder_of(const std::string& path);

}  // namespace cli
