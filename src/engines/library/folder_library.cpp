// SPDX-License-Identifier: MIT
#include "engines/library/folder_library.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/cancel.h"
#include "base/digest.h"
#include "base/error.h"
#include "engines/library/analyse_file.h"
#include "engines/library/library_engine.h"

namespace focus::core::engines {
namespace {

namespace fs = std::filesystem;

// Tracks with which a session may begin while a folder is scanned for the first time.
constexpr std::int64_t kEnoughTracks = 12;
constexpr std::chrono::milliseconds kLook(5);
constexpr std::size_t kMostFailures = 10'000;

absl::StatusOr<std::string> root_of(const std::string& folder) {
  std::error_code failed;
  const fs::path root = fs::canonical(folder, failed);
  if (failed) {
    return with_field(file_error(folder, "opening the library", failed.value()), "folder");
  }
  return root.string();
}

}  // namespace

absl::StatusOr<std::string> usual_catalogue(const std::string& root) {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  const char* const home = std::getenv("HOME");
  fs::path folder;
  if (cache != nullptr && fs::path(cache).is_absolute()) {
    folder = cache;
  } else if (home != nullptr && fs::path(home).is_absolute()) {
    folder = fs::path(home) / ".cache";
  } else {
    return invalid_field("catalogue",
                         "is required, because the system tells of no cache folder (HOME)");
  }
  return (folder / "focus-session" / "library" / absl::StrCat(digest_of(root), ".sqlite")).string();
}

absl::StatusOr<std::shared_ptr<FolderLibrary>> FolderLibrary::open(const LibraryOptions& options) {
  FOCUS_ASSIGN_OR_RETURN(const std::string root, root_of(options.folder));
  std::string file = options.catalogue;
  if (file.empty()) {
    FOCUS_ASSIGN_OR_RETURN(file, usual_catalogue(root));
  }
  // What can not be looked through at all is told at once, and not by the scan.
  std::error_code failed;
  if (fs::is_directory(root, failed)) {
    const fs::directory_iterator look(root, failed);
    if (failed) {
      return with_field(file_error(options.folder, "opening the library", failed.value()),
                        "folder");
    }
  } else {
    FOCUS_RETURN_IF_ERROR(with_field(walk_folder(root, [] { return false; }).status(), "folder"));
  }
  auto catalogue = LibraryCatalogue::open(file, root);
  if (!catalogue.ok()) return with_field(catalogue.status(), "catalogue");
  auto library = std::make_shared<FolderLibrary>(root, *std::move(catalogue), options.worker_count);
  FOCUS_RETURN_IF_ERROR(library->scan());
  return library;
}

FolderLibrary::FolderLibrary(std::string root, std::unique_ptr<LibraryCatalogue> catalogue,
                             int worker_count)
    : catalogue_(std::move(catalogue)),
      programmes_(*catalogue_),
      scanner_(std::move(root), *catalogue_, worker_count, [] {}) {}

absl::StatusOr<LibraryListing> FolderLibrary::list() const {
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t generation, catalogue_->generation());
  FOCUS_ASSIGN_OR_RETURN(const auto snapshot, catalogue_->snapshot(generation));
  LibraryListing listing;
  listing.tracks = snapshot->tracks;
  FOCUS_ASSIGN_OR_RETURN(listing.skipped, catalogue_->skipped());
  for (SkippedFile& file : scanner_.skipped()) listing.skipped.push_back(std::move(file));
  {
    const MutexLock lock(mutex_);
    for (const auto& [path, reason] : failures_) listing.skipped.push_back({path, reason});
  }
  std::stable_sort(listing.skipped.begin(), listing.skipped.end(),
                   [](const SkippedFile& a, const SkippedFile& b) { return a.path < b.path; });
  return listing;
}

absl::StatusOr<std::shared_ptr<MusicEngine>> FolderLibrary::make_engine(const std::string& key) {
  return std::make_shared<LibraryEngine>(shared_from_this(), key);
}

absl::StatusOr<HeardTrack> FolderLibrary::heard(const std::string& session_id,
                                                double seconds) const {
  const auto programme = programmes_.last_of(session_id);
  if (programme == nullptr) {
    return not_found("session", "was not played from this library since it was opened");
  }
  const auto* const item = programme->item_at(static_cast<Hundredths>(seconds * 100.0));
  if (item == nullptr) return not_found("seconds", "is beyond the end of the session");
  HeardTrack heard;
  heard.track = programme->track(*item);
  heard.start_seconds = 0.01 * static_cast<double>(item->start);
  heard.end_seconds = 0.01 * static_cast<double>(item->end);
  heard.from_seconds = item->offset_seconds;
  heard.why = item->why;
  return heard;
}

absl::Status FolderLibrary::await_tracks(const std::function<bool()>& cancelled) {
  while (true) {
    const LibraryProgress now = scanner_.progress();
    if (!now.is_scanning) {
      if (now.tracks > 0) return absl::OkStatus();
      FOCUS_ASSIGN_OR_RETURN(const std::size_t count, programmes_.track_count());
      if (count > 0) return absl::OkStatus();
      return engine_error(now.trouble.empty() ? "the library has no track that could be played"
                                              : "the library could not be scanned");
    }
    FOCUS_ASSIGN_OR_RETURN(const std::size_t count, programmes_.track_count());
    if (static_cast<std::int64_t>(count) >= kEnoughTracks) return absl::OkStatus();
    if (cancelled()) return cancelled_error();
    (void)scanner_.wait(kLook);
  }
}

void FolderLibrary::note_failure(const Track& track, const absl::Status& why) {
  const MutexLock lock(mutex_);
  if (failures_.size() < kMostFailures) failures_[track.path] = reason_of(why, track.path);
}

}  // namespace focus::core::engines
