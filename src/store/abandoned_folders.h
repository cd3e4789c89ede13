// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <absl/status/status.h>

namespace focus::core::store {

/// Marks a data folder as temporary. The caller holds the folder's lock. So a folder that is marked
/// and not locked was left by a killed process.
absl::Status mark_as_temporary(const std::string& folder);

/// Removes the mark, so that the folder is kept. The caller holds the folder's lock.
void unmark_as_temporary(const std::string& folder);

/// Removes a temporary folder, so that what is left where the process is killed meanwhile is marked
/// still. What can not be removed stays.
void remove_temporary_folder(const std::string& folder);

/// Removes temporary folders in `base` (whose names begin with `prefix`) that were left by killed
/// processes of this user. What is in use, of somebody else or without the mark is not touched, and
/// what can not be removed stays.
void remove_abandoned_folders(const std::string& base, const std::string& prefix);

}  // namespace focus::core::store
