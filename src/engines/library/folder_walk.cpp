// SPDX-License-Identifier: MIT
#include "engines/library/folder_walk.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

#include "base/cancel.h"
#include "base/error.h"
#include "engines/library/playlist.h"

namespace focus::core::engines {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostFiles = 1'000'000;
// What lies beside music and is none.
constexpr std::array<std::string_view, 22> kBeside = {
    ".jpg", ".jpeg", ".png", ".gif",  ".webp", ".txt", ".nfo", ".log", ".cue",    ".pdf",  ".md5",
    ".sfv", ".ini",  ".db",  ".html", ".url",  ".lrc", ".xml", ".pls", ".sqlite", ".json", ".md"};
// Audio or video that libsndfile does not read.
constexpr std::array<std::string_view, 13> kUnread = {".m4a",  ".aac",  ".wma", ".mp4", ".mka",
                                                      ".webm", ".ape",  ".mpc", ".wv",  ".dsf",
                                                      ".dff",  ".alac", ".mkv"};

template <std::size_t kCount>
bool is_one_of(const std::array<std::string_view, kCount>& endings, const std::string& ending) {
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

class Walk {
 public:
  explicit Walk(const std::function<bool()>& cancelled) : cancelled_(cancelled) {}

  absl::Status folder(const fs::path& path, std::size_t depth) {
    if (cancelled_()) return cancelled_error();
    std::error_code failed;
    const fs::path real = fs::canonical(path, failed);
    if (failed) return file_error(path.string(), "opening the folder", failed.value());
    if (!entered_.insert(real.string()).second) return absl::OkStatus();
    if (depth > kDeepest) {
      skip(path, "is a folder too deep in others");
      return absl::OkStatus();
    }
    fs::directory_iterator each(path, failed);
    if (failed) return file_error(path.string(), "opening the folder", failed.value());
    std::vector<fs::path> entries;
    for (; each != fs::directory_iterator(); each.increment(failed)) {
      entries.push_back(each->path());
      if (failed) break;
    }
    std::sort(entries.begin(), entries.end());
    for (const fs::path& entry : entries) {
      const std::string name = entry.filename().string();
      if (!name.empty() && name.front() == '.') continue;  // hidden
      FOCUS_RETURN_IF_ERROR(take(entry, depth));
    }
    return absl::OkStatus();
  }

  absl::Status take(const fs::path& entry, std::size_t depth) {
    std::error_code failed;
    const fs::file_status status = fs::status(entry, failed);
    if (fs::is_directory(status)) {
      const absl::Status walked = folder(entry, depth + 1);
      if (is_cancelled(walked)) return walked;
      if (!walked.ok()) skip(entry, "can not be read");
      return absl::OkStatus();
    }
    if (is_playlist(entry.string())) {
      take_playlist(entry);
    } else {
      take_file(entry, status, failed);
    }
    return absl::OkStatus();
  }

  absl::Status take_root_playlist(const fs::path& path) {
    const auto list = read_playlist(path.string());
    if (!list.ok()) return list.status();
    take_playlist(path);
    return absl::OkStatus();
  }

  FolderContent take_content() {
    const auto by_path = [](const auto& a, const auto& b) { return a.path < b.path; };
    std::sort(content_.files.begin(), content_.files.end(), by_path);
    std::sort(content_.skipped.begin(), content_.skipped.end(), by_path);
    return std::move(content_);
  }

 private:
  void take_playlist(const fs::path& path) {
    const auto list = read_playlist(path.string());
    if (!list.ok()) return skip(path, std::string(message_of(list.status())));
    for (const SkippedFile& entry : list->skipped) skip(entry.path, entry.reason);
    for (const std::string& entry : list->paths) {
      std::error_code failed;
      const fs::file_status status = fs::status(entry, failed);
      if (fs::is_directory(status) || is_playlist(entry)) {
        skip(entry, "stands in a playlist and is no file of music");
      } else {
        take_file(entry, status, failed);
      }
    }
  }

  void take_file(const fs::path& path, const fs::file_status& status, std::error_code failed) {
    const std::string ending = absl::AsciiStrToLower(path.extension().string());
    if (is_one_of(kBeside, ending)) return;
    if (!fs::exists(status)) {
      if (failed.value() == ELOOP) return skip(path, "is a link that leads to itself");
      return skip(path,
                  failed.value() == EACCES ? "can not be read: permission denied" : "is not there");
    }
    if (!fs::is_regular_file(status)) return skip(path, "is a pipe or a device, not a file");
    if (is_one_of(kUnread, ending)) {
      return skip(path, absl::StrCat("is of a format that is not read (", ending.substr(1),
                                     "); WAV, FLAC, Ogg, MP3, AIFF and others are"));
    }
    const fs::path real = fs::canonical(path, failed);
    if (failed) return skip(path, "is not there");
    if (!known_.insert(real.string()).second) return;
    const auto found = look_at(path.string());
    if (!found.ok()) return skip(path, "is not there");
    if (found->bytes == 0) return skip(path, "is empty");
    if (content_.files.size() == kMostFiles) return skip(path, "is one file too many");
    content_.files.push_back(*found);
  }

  void skip(const fs::path& path, const std::string& reason) {
    content_.skipped.push_back({path.string(), reason});
  }

  const std::function<bool()>& cancelled_;
  std::set<std::string> entered_;
  std::set<std::string> known_;
  FolderContent content_;
};

}  // namespace

absl::StatusOr<FolderContent> walk_folder(const std::string& root,
                                          const std::function<bool()>& cancelled) {
  Walk walk(cancelled);
  std::error_code failed;
  const fs::file_status status = fs::status(root, failed);
  if (!fs::exists(status)) return path_error(Fault::file_missing, root, "there is no such folder");
  if (fs::is_directory(status)) {
    FOCUS_RETURN_IF_ERROR(walk.folder(root, 0));
  } else if (is_playlist(root)) {
    FOCUS_RETURN_IF_ERROR(walk.take_root_playlist(root));
  } else {
    return path_error(Fault::argument, root, "is neither a folder nor a playlist (m3u, m3u8)");
  }
  return walk.take_content();
}

absl::StatusOr<FoundFile> look_at(const std::string& path) {
  std::error_code failed;
  FoundFile found;
  found.path = path;
  if (!fs::is_regular_file(path, failed)) {
    return path_error(Fault::file_missing, path, "is no file any more");
  }
  found.bytes = static_cast<std::int64_t>(fs::file_size(path, failed));
  if (failed) return file_error(path, "looking at the file", failed.value());
  const auto changed = fs::last_write_time(path, failed);
  if (failed) return file_error(path, "looking at the file", failed.value());
  found.changed = static_cast<std::int64_t>(changed.time_since_epoch().count());
  return found;
}

}  // namespace focus::core::engines
