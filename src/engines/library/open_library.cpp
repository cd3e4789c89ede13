// SPDX-License-Identifier: MIT
#include "base/error.h"
#include "base/plug_in.h"
#include "engines/library/music_library.h"

namespace focus::core::engines {

absl::StatusOr<std::shared_ptr<MusicLibrary>> open_music_library(const LibraryOptions& options) {
  if (options.folder.empty()) return invalid_field("folder", "names no folder");
  const auto entry = load_plug_in(
      {"libfocus_session_library.so.0", "focus_session_library_plug_in", "focus-session-library"});
  if (!entry.ok()) return with_field(entry.status(), "folder");
  std::shared_ptr<MusicLibrary> library;
  FOCUS_RETURN_IF_ERROR(reinterpret_cast<OpenMusicLibrary>(*entry)(options, library));
  return library;
}

}  // namespace focus::core::engines
