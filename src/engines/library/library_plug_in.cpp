// SPDX-License-Identifier: MIT
// What libfocus_session_library exports.
#include <memory>
#include <string>

#include "base/error.h"
#include "base/guarded.h"
#include "base/plug_in.h"
#include "engines/library/folder_library.h"

namespace focus::core::engines {
namespace {

absl::Status open_library(const LibraryOptions& options, std::shared_ptr<MusicLibrary>& library) {
  return caught("opening a library of music", [&]() -> absl::Status {
    FOCUS_ASSIGN_OR_RETURN(library, FolderLibrary::open(options));
    return absl::OkStatus();
  });
}

}  // namespace
}  // namespace focus::core::engines

extern "C" __attribute__((visibility("default"))) const focus::core::PlugInDescription*
focus_session_library_plug_in() {
  static const std::string version = focus::core::library_version();
  static const focus::core::PlugInDescription description = {
      sizeof(focus::core::PlugInDescription), version.c_str(), focus::core::build_identity(),
      reinterpret_cast<void*>(&focus::core::engines::open_library)};
  return &description;
}
