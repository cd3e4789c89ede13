// SPDX-License-Identifier: MIT
// The hidden file beside its target in which a file is written (see atomic_file.h).
#pragma once

#include <string>

namespace focus::core {

/// A path beside `target` that no other call has returned. Its name begins with a dot, contains
/// ".partial", keeps the ending of the target's name, and is no longer than the file system allows.
std::string new_partial_path(const std::string& target);

/// Whether a file's name (not its path) is one that AtomicFile leaves behind when the process is
/// killed.
bool is_partial_name(const std::string& name);

/// Removes what killed processes have left of earlier attempts to write `target`: files that have
/// one of its partial names, whose process has ended, and that nobody holds locked. Returns how
/// many there were.
int sweep_partials(const std::string& target);

}  // namespace focus::core
