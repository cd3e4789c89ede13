// SPDX-License-Identifier: MIT
#include "store/repair.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/ids.h"
#include "store/catalogue_copy.h"
#include "store/folder_lock.h"
#include "store/track_note.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;
using State = CatalogueCopy::State;

absl::StatusOr<std::string> absolute_folder(const std::string& path) {
  std::error_code failed;
  const std::string folder = fs::absolute(path, failed).string();
  if (failed) return file_error(path, "cannot be found", failed.value());
  struct stat info {};
  if (::stat(folder.c_str(), &info) != 0) return file_error(path, "cannot be found", errno);
  if (!S_ISDIR(info.st_mode)) return path_error(Fault::argument, path, "is no folder");
  for (const char* part : {"/catalogue.sqlite", "/sessions", "/tracks"}) {
    if (fs::exists(folder + part, failed)) return folder;
  }
  return path_error(Fault::argument, path,
                    "holds no store; name the folder in which sessions are kept");
}

void tell_of_catalogue(const DataFolder& folder, const CatalogueCopy& copy, StoreReport& report) {
  if (copy.state() == State::whole) return;
  Finding finding;
  finding.path = folder.catalogue();
  if (copy.state() == State::missing) {
    finding.kind = FindingKind::catalogue_missing;
    finding.message = "there is no catalogue, or it holds nothing";
  } else {
    finding.kind = FindingKind::catalogue_damaged;
    finding.message = absl::StrCat("the catalogue is damaged: ", copy.salvaged_rows(),
                                   " of its rows can be read (", copy.damage(), ")");
  }
  report.findings.insert(report.findings.begin(), std::move(finding));
}

/// Where a repair keeps what it changes: a folder of its own, made when it is needed.
class Backup {
 public:
  Backup(const DataFolder& folder, const Clock& clock) : folder_(folder), clock_(clock) {}

  const std::string& path() const { return path_; }

  absl::Status keep_catalogue() {
    FOCUS_RETURN_IF_ERROR(make());
    for (const char* ending : kCatalogueFiles) {
      const std::string from = folder_.catalogue() + ending;
      std::error_code ignored;
      if (!fs::exists(from, ignored)) continue;
      FOCUS_RETURN_IF_ERROR(copy_file(from, absl::StrCat(path_, "/catalogue.sqlite", ending),
                                      AtomicFile::Durability::synced));
    }
    return absl::OkStatus();
  }

  /// Moves a file or folder of the data folder, which keeps its name within it.
  absl::StatusOr<std::string> take(const std::string& file) {
    FOCUS_RETURN_IF_ERROR(make());
    const std::string to =
        absl::StrCat(path_, "/", fs::path(file).lexically_relative(folder_.path()).string());
    std::error_code failed;
    fs::create_directories(fs::path(to).parent_path(), failed);
    fs::rename(file, to, failed);
    if (failed) return file_error(file, "cannot be moved", failed.value());
    return to;
  }

 private:
  absl::Status make() {
    if (!path_.empty()) return absl::OkStatus();
    const std::time_t now = clock_.unix_seconds();
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char name[32];
    std::strftime(name, sizeof name, "repair-%Y%m%d-%H%M%S", &utc);
    std::string path = folder_.path_in(name);
    for (int i = 2; ::mkdir(path.c_str(), 0700) != 0; ++i) {
      if (errno != EEXIST) return file_error(path, "the folder cannot be created", errno);
      path = absl::StrCat(folder_.path_in(name), "-", i);
    }
    path_ = std::move(path);
    return folder_.sync_names(folder_.path());
  }

  const DataFolder& folder_;
  const Clock& clock_;
  std::string path_;
};

/// Puts the new catalogue in place of the damaged one, which the backup has. The old log goes
/// first: SQLite would play it into the new file.
absl::Status replace_catalogue(const DataFolder& folder, const std::string& fresh) {
  const std::string path = folder.catalogue();
  AtomicFile file(path);
  FOCUS_RETURN_IF_ERROR(copy_file(fresh, file.partial_path(), AtomicFile::Durability::synced));
  for (const char* ending : {"-wal", "-shm"}) {
    if (::unlink((path + ending).c_str()) != 0 && errno != ENOENT) {
      return file_error(path + ending, "cannot be removed", errno);
    }
  }
  FOCUS_RETURN_IF_ERROR(folder.sync_names(folder.path()));
  return file.commit(AtomicFile::Durability::synced, folder.disk());
}

/// Puts in order what an inspection has found.
class Repairs {
 public:
  Repairs(const DataFolder& folder, Catalogue& catalogue, const FolderInspection& inspection,
          Backup& backup)
      : folder_(folder), catalogue_(catalogue), inspection_(inspection), backup_(backup) {}

  absl::Status repair(Finding& finding) {
    switch (finding.kind) {
      case FindingKind::row_damaged:
        return remove_row(finding);
      case FindingKind::segment_without_file:
        FOCUS_RETURN_IF_ERROR(forget_segment(finding));
        return done(finding, "it will be made again when its session is played");
      case FindingKind::segment_damaged:
        FOCUS_RETURN_IF_ERROR(forget_segment(finding));
        return move_away(finding, "it will be made again when its session is played");
      case FindingKind::segment_without_row:
      case FindingKind::session_without_row:
        return move_away(finding, "");
      case FindingKind::track_damaged:
      case FindingKind::track_without_file:
        return restore_track(finding);
      case FindingKind::track_without_row:
        return find_track(finding);
      case FindingKind::partial_file: {
        std::error_code failed;
        fs::remove_all(finding.path, failed);
        return failed ? absl::OkStatus() : done(finding, "removed");
      }
      case FindingKind::money_held:
        FOCUS_RETURN_IF_ERROR(catalogue_.spend().release_all());
        return done(finding, "given back");
      default:
        return absl::OkStatus();
    }
  }

 private:
  static absl::Status done(Finding& finding, const std::string& what) {
    finding.is_repaired = true;
    absl::StrAppend(&finding.message, finding.message.empty() ? "" : "; ", what);
    return absl::OkStatus();
  }

  absl::Status move_away(Finding& finding, const std::string& what) {
    FOCUS_ASSIGN_OR_RETURN(const std::string to, backup_.take(finding.path));
    return done(finding, absl::StrCat("moved to ", to, what.empty() ? "" : "; ", what));
  }

  absl::Status remove_row(Finding& finding) {
    const bool is_track = !finding.track_id.empty();
    FOCUS_ASSIGN_OR_RETURN(Statement erase,
                           catalogue_.database().prepare(absl::StrCat(
                               "DELETE FROM ", is_track ? "track" : "session", " WHERE id = ?")));
    FOCUS_RETURN_IF_ERROR(erase.bind(is_track ? finding.track_id : finding.session_id).run());
    return done(finding, "removed from the catalogue");
  }

  absl::Status forget_segment(const Finding& finding) {
    return catalogue_.segments().forget(finding.session_id, finding.segment_index).status();
  }

  /// A track has the same file as its segment, as long as the session was not steered since.
  absl::Status restore_track(Finding& finding) {
    FOCUS_ASSIGN_OR_RETURN(const TrackRecord track, catalogue_.tracks().find(finding.track_id));
    std::string moved;
    if (finding.kind == FindingKind::track_damaged) {
      FOCUS_ASSIGN_OR_RETURN(const std::string to, backup_.take(finding.path));
      moved = absl::StrCat("moved to ", to, "; ");
    }
    FOCUS_ASSIGN_OR_RETURN(const bool is_restored, take_from_segment(track));
    if (is_restored) return done(finding, moved + "restored from its segment");
    FOCUS_RETURN_IF_ERROR(catalogue_.tracks().remove(track.id));
    const std::string note = folder_.path_in(DataFolder::note_file(track.id));
    if (::access(note.c_str(), F_OK) == 0) FOCUS_RETURN_IF_ERROR(backup_.take(note).status());
    return done(finding, moved + "removed from the catalogue: its music is nowhere");
  }

  absl::StatusOr<bool> take_from_segment(const TrackRecord& track) {
    FOCUS_ASSIGN_OR_RETURN(const auto current,
                           catalogue_.tracks().of_segment(track.session_id, track.segment_index));
    if (!current || current->id != track.id) return false;
    FOCUS_ASSIGN_OR_RETURN(const auto rows, catalogue_.segments().list(track.session_id));
    for (const SegmentTable::Row& row : rows) {
      if (row.record.index != track.segment_index || row.record.bytes != track.bytes) continue;
      const std::string from = folder_.segment(track.session_id, track.format, track.segment_index);
      std::error_code ignored;
      if (fs::file_size(from, ignored) != static_cast<std::uintmax_t>(track.bytes)) return false;
      FOCUS_RETURN_IF_ERROR(folder_.make_folder(folder_.path_in("tracks")));
      FOCUS_RETURN_IF_ERROR(copy_file(from, folder_.track(track), AtomicFile::Durability::synced));
      return true;
    }
    return false;
  }

  absl::Status find_track(Finding& finding) {
    const TrackRecord track = inspection_.found_track(finding);
    const auto known = catalogue_.tracks().find(track.id);  // another file of the same id
    if (track.frames <= 0 || known.ok()) return move_away(finding, "it holds no music to keep");
    FOCUS_ASSIGN_OR_RETURN(const auto ids, catalogue_.session_ids());
    const bool has_session = std::find(ids.begin(), ids.end(), track.session_id) != ids.end();
    FOCUS_ASSIGN_OR_RETURN(const auto other,
                           catalogue_.tracks().of_segment(track.session_id, track.segment_index));
    FOCUS_RETURN_IF_ERROR(catalogue_.tracks().add(
        track, has_session && !other ? TrackTable::Segment::present : TrackTable::Segment::gone));
    finding.session_id = track.session_id;
    const bool is_owned = !track.organization.empty() || !track.caller.empty();
    return done(finding, absl::StrCat("found again as \"", track.title, "\"",
                                      is_owned ? "" : ", without its owner"));
  }

  const DataFolder& folder_;
  Catalogue& catalogue_;
  const FolderInspection& inspection_;
  Backup& backup_;
};

/// A track whose note is missing gets one, for the next time.
void write_missing_notes(const DataFolder& folder, Catalogue& catalogue) {
  const auto tracks = catalogue.tracks().list();
  if (!tracks.ok()) return;
  for (const TrackRecord& track : *tracks) {
    const std::string note = folder.path_in(DataFolder::note_file(track.id));
    if (::access(note.c_str(), F_OK) != 0) write_track_note(folder, track).IgnoreError();
  }
}

bool needs_repair(const StoreReport& report) {
  for (const Finding& finding : report.findings) {
    if (finding.kind != FindingKind::unknown_file) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<StoreReport> check_folder(const std::string& path, Depth depth) {
  FOCUS_ASSIGN_OR_RETURN(const std::string absolute, absolute_folder(path));
  const DataFolder folder(absolute, DataFolder::Lifetime::lasting, DiskSync::system());
  // Only a folder that a service had open has the file that is locked.
  std::unique_ptr<FolderLock> lock;
  if (std::error_code ignored; fs::exists(absolute + std::string(FolderLock::kName), ignored)) {
    FOCUS_ASSIGN_OR_RETURN(lock, FolderLock::take_existing(absolute));
  }
  FOCUS_ASSIGN_OR_RETURN(CatalogueCopy copy, CatalogueCopy::make(folder));
  FolderInspection inspection(folder, copy.catalogue(), depth);
  FOCUS_ASSIGN_OR_RETURN(StoreReport report, inspection.run());
  tell_of_catalogue(folder, copy, report);
  return report;
}

absl::StatusOr<StoreReport> repair_folder(const std::string& path, Depth depth, const Clock& clock,
                                          DiskSync& disk) {
  FOCUS_ASSIGN_OR_RETURN(const std::string absolute, absolute_folder(path));
  const DataFolder folder(absolute, DataFolder::Lifetime::lasting, disk);
  FOCUS_ASSIGN_OR_RETURN(const auto lock, FolderLock::take(absolute));
  FOCUS_ASSIGN_OR_RETURN(CatalogueCopy copy, CatalogueCopy::make(folder));
  FolderInspection inspection(folder, copy.catalogue(), depth);
  FOCUS_ASSIGN_OR_RETURN(StoreReport report, inspection.run());
  tell_of_catalogue(folder, copy, report);
  if (!needs_repair(report)) return report;

  Backup backup(folder, clock);
  FOCUS_RETURN_IF_ERROR(backup.keep_catalogue());
  report.backup_folder = backup.path();
  if (copy.state() != State::whole) {
    FOCUS_RETURN_IF_ERROR(replace_catalogue(folder, copy.close()));
    report.findings.front().is_repaired = true;
    absl::StrAppend(&report.findings.front().message, "; a new one was built");
  }
  FOCUS_ASSIGN_OR_RETURN(const auto catalogue,
                         Catalogue::open(folder.catalogue(), Catalogue::Durability::synced));
  Repairs repairs(folder, *catalogue, inspection, backup);
  for (Finding& finding : report.findings) {
    if (finding.is_repaired) continue;
    // What can not be repaired is told, and the rest is repaired all the same.
    const absl::Status repaired = repairs.repair(finding);
    if (!repaired.ok()) absl::StrAppend(&finding.message, "; ", repaired.message());
  }
  write_missing_notes(folder, *catalogue);
  FOCUS_RETURN_IF_ERROR(catalogue->database().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  return report;
}

}  // namespace focus::core::store
