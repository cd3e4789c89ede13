// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "engines/library/features.h"

namespace focus::core::engines {

/// A file that may be music.
struct FoundFile {
  std::string path;
  std::int64_t bytes = 0;
  std::int64_t changed = 0;
};

/// What lies in a folder, in the order of the paths.
struct FolderContent {
  std::vector<FoundFile> files;
  std::vector<SkippedFile> skipped;
};

/// Looks through a folder and all in it, or through one playlist. Links are followed, and each
/// folder is entered once; a file that is reached twice counts once. What has an ending that music
/// does not have is left out without a word where it usually lies beside music (covers, texts), and
/// else skipped, as are devices, pipes and links that lead nowhere: nothing is opened but
/// playlists. A folder that can not be read is skipped; an error only where `root` can not be.
absl::StatusOr<FolderContent> walk_folder(const std::string& root,
                                          const std::function<bool()>& cancelled);

/// Looks at one file again. Fault::file_missing, or another error, where it is no file any more.
absl::StatusOr<FoundFile> look_at(const std::string& path);

}  // namespace focus::core::engines
