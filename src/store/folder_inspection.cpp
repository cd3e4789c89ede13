// SPDX-License-Identifier: MIT
#include "store/folder_inspection.h"

#include <algorithm>
#include <sys/stat.h>
#include <system_error>
#include <utility>
#include <vector>

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "base/atomic_file.h"
#include "base/error.h"
#include "base/ids.h"
#include "store/track_note.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kReadFrames = 65536;

/// What a folder holds, in order of name; nothing where it can not be read.
std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
  std::vector<fs::directory_entry> entries;
  std::error_code failed;
  auto entry = fs::directory_iterator(folder, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    entries.push_back(*entry);
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// The index of a file that is named like a segment of that format, or -1.
int segment_index_of(const std::string& name, audio::AudioFormat format) {
  int index = 0;
  if (!absl::SimpleAtoi(fs::path(name).stem().string(), &index) || index < 0) return -1;
  return segment_file_name(index, format) == name ? index : -1;
}

/// "" where it can be read to its end.
std::string reading_flaw(const std::string& path, std::int64_t frames, Depth depth) {
  const auto reader = audio::AudioFileReader::open(path);
  if (!reader.ok()) return "its file is no audio";
  const audio::AudioFileInfo& info = (*reader)->info();
  if (frames > 0 && info.frames < frames) {
    return absl::StrCat("its file has ", info.frames, " of ", frames, " frames");
  }
  if (depth == Depth::quick) return "";
  audio::AudioBuffer block(info.channel_count, kReadFrames, info.sample_rate);
  for (std::int64_t at = 0; at < info.frames;) {
    const auto count = (*reader)->read(block.view());
    if (!count.ok() || *count == 0) {
      return absl::StrCat("its file breaks off after ", at, " frames");
    }
    at += *count;
  }
  return "";
}

bool is_empty_folder(const fs::path& path) {
  std::error_code failed;
  return fs::is_empty(path, failed) && !failed;
}

}  // namespace

Finding& FolderInspection::tell(FindingKind kind, const fs::path& path, std::string message) {
  Finding& finding = report_.findings.emplace_back();
  finding.kind = kind;
  finding.path = path.string();
  finding.message = std::move(message);
  return finding;
}

std::string FolderInspection::flaw_of(const std::string& path, std::int64_t bytes,
                                      std::int64_t frames) const {
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(path, failed);
  if (failed) return "its file cannot be read";
  if (size != static_cast<std::uintmax_t>(bytes)) {
    return absl::StrCat("its file has ", size, " bytes, and had ", bytes);
  }
  return reading_flaw(path, frames, depth_);
}

absl::StatusOr<StoreReport> FolderInspection::run() {
  report_ = {};
  FOCUS_ASSIGN_OR_RETURN(const auto leftovers, catalogue_.leftovers().list());
  leftovers_ = {leftovers.begin(), leftovers.end()};
  FOCUS_RETURN_IF_ERROR(look_at_sessions());
  FOCUS_RETURN_IF_ERROR(look_at_tracks());
  FOCUS_RETURN_IF_ERROR(look_at_money());
  return report_;
}

absl::Status FolderInspection::look_at_sessions() {
  FOCUS_ASSIGN_OR_RETURN(const auto ids, catalogue_.session_ids());
  std::set<std::string> known;
  for (const std::string& id : ids) {
    const auto session = catalogue_.session(id);
    if (!session.ok()) {
      const std::string path = is_session_id(id) ? folder_.session(id) : folder_.catalogue();
      Finding& finding = tell(FindingKind::row_damaged, path,
                              "the catalogue holds a session that can not be read");
      finding.session_id = id;
      continue;
    }
    known.insert(id);
    ++report_.sessions;
    FOCUS_RETURN_IF_ERROR(look_at_session(*session));
  }
  return look_at_session_folders(known);
}

absl::Status FolderInspection::look_at_session(const SessionRecord& session) {
  FOCUS_ASSIGN_OR_RETURN(const auto rows, catalogue_.segments().list(session.id));
  const audio::AudioFormat format = session.request.format;
  std::set<std::string> expected;
  for (const SegmentTable::Row& row : rows) {
    const SegmentRecord& segment = row.record;
    const std::string path = folder_.segment(session.id, format, segment.index);
    expected.insert(fs::path(path).filename().string());
    struct stat info {};
    const bool is_there = ::stat(path.c_str(), &info) == 0;
    const std::string flaw = is_there ? flaw_of(path, segment.bytes, segment.frames) : "";
    if (is_there && flaw.empty()) {
      ++report_.segments;
      report_.bytes += segment.bytes;
      TrackRecord& track = by_inode_[{info.st_dev, info.st_ino}];
      track.engine = segment.engine;
      track.session_id = session.id;
      track.segment_index = segment.index;
      track.organization = session.organization;
      track.caller = session.caller;
      track.licence_class = segment.licence_class;
      track.instrumental = segment.instrumental;
      track.frames = segment.frames;
      track.sample_rate = segment.sample_rate;
      track.format = format;
      continue;
    }
    Finding& finding =
        tell(is_there ? FindingKind::segment_damaged : FindingKind::segment_without_file, path,
             absl::StrCat("segment ", segment.index, ": ",
                          is_there ? flaw : "the catalogue has it, and there is no such file"));
    finding.session_id = session.id;
    finding.segment_index = segment.index;
  }
  look_at_session_files(session, expected);
  return absl::OkStatus();
}

void FolderInspection::look_at_session_files(const SessionRecord& session,
                                             const std::set<std::string>& expected) {
  for (const auto& entry : entries_of(folder_.session(session.id))) {
    const std::string name = entry.path().filename().string();
    if (expected.contains(name)) continue;
    const int index = segment_index_of(name, session.request.format);
    const FindingKind kind = is_partial_name(name) ? FindingKind::partial_file
                             : index >= 0          ? FindingKind::segment_without_row
                                                   : FindingKind::unknown_file;
    Finding& finding = tell(
        kind, entry.path(),
        kind == FindingKind::partial_file          ? "was being written when its process ended"
        : kind == FindingKind::segment_without_row ? "a segment that the catalogue does not know of"
                                                   : "not a file of this library");
    finding.session_id = session.id;
    finding.segment_index = index;
  }
}

absl::Status FolderInspection::look_at_session_folders(const std::set<std::string>& known) {
  for (const auto& entry : entries_of(folder_.path_in("sessions"))) {
    const std::string name = entry.path().filename().string();
    // A session that was about to begin may have left its folder, empty.
    if (known.contains(name) || leftovers_.contains("sessions/" + name) ||
        is_empty_folder(entry.path())) {
      continue;
    }
    if (!is_session_id(name)) {
      tell(FindingKind::unknown_file, entry.path(), "not a folder of this library");
      continue;
    }
    const auto files = entries_of(entry.path());
    const auto partial = std::count_if(files.begin(), files.end(), [](const auto& file) {
      return is_partial_name(file.path().filename().string());
    });
    if (partial == static_cast<std::ptrdiff_t>(files.size())) {
      tell(FindingKind::partial_file, entry.path(), "was being written when its process ended");
    } else {
      tell(FindingKind::session_without_row, entry.path(),
           absl::StrCat("a session that the catalogue does not know of, with ", files.size(),
                        files.size() == 1 ? " file" : " files"))
          .session_id = name;
    }
  }
  return absl::OkStatus();
}

absl::Status FolderInspection::look_at_tracks() {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         catalogue_.database().prepare("SELECT id FROM track ORDER BY rowid"));
  FOCUS_ASSIGN_OR_RETURN(const auto ids, texts_of(std::move(select)));
  std::set<std::string> expected;
  for (const std::string& id : ids) {
    const auto track = catalogue_.tracks().find(id);
    if (!track.ok()) {
      tell(FindingKind::row_damaged, folder_.catalogue(),
           "the catalogue holds a track that can not be read")
          .track_id = id;
      continue;
    }
    const std::string path = folder_.track(*track);
    expected.insert(fs::path(path).filename().string());
    std::error_code failed;
    const bool is_there = fs::exists(path, failed);
    const std::string flaw = is_there ? flaw_of(path, track->bytes, track->frames) : "";
    if (is_there && flaw.empty()) {
      ++report_.tracks;
      report_.bytes += track->bytes;
      continue;
    }
    Finding& finding = tell(
        is_there ? FindingKind::track_damaged : FindingKind::track_without_file, path,
        absl::StrCat("track \"", track->title,
                     "\": ", is_there ? flaw : "the catalogue has it, and there is no such file"));
    finding.track_id = id;
    finding.session_id = track->session_id;
    finding.segment_index = track->segment_index;
  }
  return look_at_track_files(expected);
}

absl::Status FolderInspection::look_at_track_files(const std::set<std::string>& expected) {
  for (const auto& entry : entries_of(folder_.path_in("tracks"))) {
    const std::string name = entry.path().filename().string();
    if (expected.contains(name) || leftovers_.contains("tracks/" + name)) continue;
    const std::string id = entry.path().stem().string();
    if (is_partial_name(name)) {
      tell(FindingKind::partial_file, entry.path(), "was being written when its process ended");
    } else if (!is_track_id(id) || !audio::format_for_path(name, "track").ok()) {
      tell(FindingKind::unknown_file, entry.path(), "not a file of this library");
    } else {
      tell(FindingKind::track_without_row, entry.path(),
           "a track that the catalogue does not know of")
          .track_id = id;
    }
  }
  return absl::OkStatus();
}

absl::Status FolderInspection::look_at_money() {
  FOCUS_ASSIGN_OR_RETURN(Statement select,
                         catalogue_.database().prepare("SELECT COUNT(*), COALESCE(SUM(micros), 0) "
                                                       "FROM hold"));
  FOCUS_ASSIGN_OR_RETURN(const bool found, select.step());
  if (!found || select.integer(0) == 0) return absl::OkStatus();
  tell(FindingKind::money_held, folder_.catalogue(),
       absl::StrCat(select.integer(1), " micro-units are held for ", select.integer(0),
                    " segments by processes that are gone"));
  return absl::OkStatus();
}

TrackRecord FolderInspection::found_track(const Finding& finding) const {
  std::error_code ignored;
  const auto bytes = static_cast<std::int64_t>(fs::file_size(finding.path, ignored));
  auto noted = load_track_note(folder_, finding.track_id);
  if (noted.ok() && folder_.track(*noted) == finding.path) {
    noted->bytes = bytes;
    return *std::move(noted);
  }
  TrackRecord track;
  struct stat info {};
  const bool is_there = ::stat(finding.path.c_str(), &info) == 0;
  const auto segment = by_inode_.find({info.st_dev, info.st_ino});
  if (is_there && segment != by_inode_.end()) {
    track = segment->second;
  } else {
    const auto reader = audio::AudioFileReader::open(finding.path);
    if (reader.ok()) {
      track.frames = (*reader)->info().frames;
      track.sample_rate = (*reader)->info().sample_rate;
    }
    const auto format = audio::format_for_path(finding.path, "track");
    // Sessions are kept with 16 bit unless they are asked for more; the ending does not tell.
    if (format.ok()) {
      track.format = *format == audio::AudioFormat::flac24 ? audio::AudioFormat::flac16 : *format;
    }
    track.licence_class = "unclear";
  }
  track.id = finding.track_id;
  track.title = absl::StrCat("Found again: ", finding.track_id);
  track.bytes = bytes;
  track.created_at = is_there ? static_cast<std::int64_t>(info.st_mtime) : 0;
  return track;
}

}  // namespace focus::core::store
