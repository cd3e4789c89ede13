// SPDX-License-Identifier: MIT
// A folder of a user's music as the library sees it. What is behind it is a plug-in, since not
// every host needs TagLib and what measures audio.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "engines/engine.h"
#include "engines/library/features.h"

namespace focus::core::engines {

struct LibraryOptions {
  std::string folder;     ///< or a playlist
  std::string catalogue;  ///< the file of the catalogue; "": one in the user's cache folder
  int worker_count = 0;   ///< threads that analyse; 0: half of the processors, at most 4
};

/// How far a scan has come.
struct LibraryProgress {
  bool is_scanning = false;
  std::int64_t found = 0;  ///< files that may be music; 0 until the folder has been looked through
  std::int64_t done = 0;   ///< of them known, whether they can be played or not
  std::int64_t tracks = 0;
  std::int64_t skipped = 0;
  double analysed_seconds = 0.0;  ///< audio that this scan has read
  std::string trouble;            ///< what ended the last scan before its time; "": nothing
};

struct LibraryListing {
  std::vector<Track> tracks;  ///< in the order of their paths, like `skipped`
  std::vector<SkippedFile> skipped;
};

/// What a session plays at one moment.
struct HeardTrack {
  Track track;
  double start_seconds = 0.0;  ///< in the session, from the beginning of its fade
  double end_seconds = 0.0;
  double from_seconds = 0.0;  ///< where in the track it begins
  std::string why;            ///< why it was chosen, as a sentence
};

/// Thread-safe. Its engines keep it alive.
class MusicLibrary {
 public:
  virtual ~MusicLibrary() = default;

  /// Looks for changes, on a thread of its own. Does nothing while a scan is going on.
  virtual absl::Status scan() = 0;
  virtual LibraryProgress progress() const = 0;
  /// Fault::not_ready where the scan is not done after that time.
  virtual absl::Status wait(std::chrono::milliseconds timeout) const = 0;
  virtual absl::StatusOr<LibraryListing> list() const = 0;
  virtual absl::StatusOr<std::shared_ptr<MusicEngine>> make_engine(const std::string& key) = 0;
  /// Fault::not_found where the session was not played here since the library was opened.
  virtual absl::StatusOr<HeardTrack> heard(const std::string& session_id, double seconds) const = 0;
};

/// What the plug-in does (PlugInDescription::entry).
using OpenMusicLibrary = absl::Status (*)(const LibraryOptions& options,
                                          std::shared_ptr<MusicLibrary>& library);

/// Opens a folder by the plug-in libfocus_session_library, and begins to scan it.
/// Fault::unsupported where that is not installed.
absl::StatusOr<std::shared_ptr<MusicLibrary>> open_music_library(const LibraryOptions& options);

}  // namespace focus::core::engines
