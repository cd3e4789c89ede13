// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "engines/library/features.h"

namespace focus::core::engines {

/// Whether a file is a playlist, by its name: m3u or m3u8.
bool is_playlist(const std::string& path);

struct Playlist {
  std::vector<std::string> paths;    ///< of its files, as they are on this machine
  std::vector<SkippedFile> skipped;  ///< entries that are no files: addresses
};

/// Reads a playlist. Entries count from the folder that it lies in; backslashes are taken for
/// slashes where no file has them in its name. A playlist that is over 16 MB or holds zero bytes is
/// Fault::bad_data.
absl::StatusOr<Playlist> read_playlist(const std::string& path);

}  // namespace focus::core::engines
