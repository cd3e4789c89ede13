// SPDX-License-Identifier: MIT
#include "engines/library/catalogue.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/clock.h"
#include "base/error.h"
#include "engines/library/detail_bytes.h"

namespace focus::core::engines {
namespace {

namespace fs = std::filesystem;

// Says of a database whose it is (PRAGMA application_id): "FSlb".
constexpr std::int64_t kApplication = 0x46536C62;
constexpr std::int64_t kSchema = 1;
constexpr std::int64_t kSessionDays = 30;

// A row is there from generation `since` on, and up to the one before `until`.
constexpr const char* kTables = R"sql(
  CREATE TABLE file (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL, since INTEGER NOT NULL, until INTEGER,
    bytes INTEGER NOT NULL, changed INTEGER NOT NULL, reason TEXT NOT NULL,
    title TEXT, artist TEXT, album TEXT, genre TEXT, told_lufs REAL,
    frames INTEGER, sample_rate INTEGER, channels INTEGER,
    lufs REAL, range_lu REAL, true_peak REAL, bpm REAL, beat_confidence REAL,
    tonic INTEGER, is_minor INTEGER, key_confidence REAL, energy REAL, brightness REAL,
    sound_in INTEGER, music_in INTEGER, music_out INTEGER, sound_out INTEGER,
    detail BLOB
  ) STRICT;
  CREATE INDEX file_path ON file (path);
  CREATE TABLE session (
    name TEXT PRIMARY KEY, generation INTEGER NOT NULL, begun INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE now (generation INTEGER NOT NULL) STRICT;
  INSERT INTO now VALUES (0);
)sql";

constexpr const char* kTrackColumns =
    "id, path, bytes, changed, title, artist, album, genre, told_lufs, frames, sample_rate, "
    "channels, lufs, range_lu, true_peak, bpm, beat_confidence, tonic, is_minor, key_confidence, "
    "energy, brightness, sound_in, music_in, music_out, sound_out";

Track track_of(const SqliteStatement& row) {
  Track track;
  int column = 0;
  track.id = row.integer(column++);
  track.path = row.text(column++);
  track.bytes = row.integer(column++);
  track.changed = row.integer(column++);
  track.tags.title = row.text(column++);
  track.tags.artist = row.text(column++);
  track.tags.album = row.text(column++);
  track.tags.genre = row.text(column++);
  if (!row.is_null(column)) track.tags.told_lufs = row.real(column);
  ++column;
  TrackFigures& figures = track.figures;
  figures.frames = row.integer(column++);
  figures.sample_rate = static_cast<int>(row.integer(column++));
  figures.channel_count = static_cast<int>(row.integer(column++));
  figures.integrated_lufs = row.real(column++);
  figures.range_lu = row.real(column++);
  figures.true_peak_dbtp = row.real(column++);
  figures.bpm = row.real(column++);
  figures.beat_confidence = row.real(column++);
  figures.key.tonic = static_cast<int>(row.integer(column++));
  figures.key.is_minor = row.integer(column++) != 0;
  figures.key.confidence = row.real(column++);
  figures.energy = row.real(column++);
  figures.brightness_hz = row.real(column++);
  figures.sound_in = row.integer(column++);
  figures.music_in = row.integer(column++);
  figures.music_out = row.integer(column++);
  figures.sound_out = row.integer(column++);
  return track;
}

void bind_track(SqliteStatement& insert, const LibraryCatalogue::Change::New& found,
                std::int64_t since) {
  const Track& track = found.track;
  insert.bind_bytes(track.path).bind(since).bind(track.bytes).bind(track.changed);
  insert.bind(found.reason);
  insert.bind(track.tags.title).bind(track.tags.artist).bind(track.tags.album);
  insert.bind(track.tags.genre);
  track.tags.told_lufs ? insert.bind(*track.tags.told_lufs) : insert.bind_null();
  const TrackFigures& figures = track.figures;
  insert.bind(figures.frames).bind(std::int64_t{figures.sample_rate});
  insert.bind(std::int64_t{figures.channel_count}).bind(figures.integrated_lufs);
  insert.bind(figures.range_lu).bind(figures.true_peak_dbtp).bind(figures.bpm);
  insert.bind(figures.beat_confidence).bind(std::int64_t{figures.key.tonic});
  insert.bind(std::int64_t{figures.key.is_minor ? 1 : 0}).bind(figures.key.confidence);
  insert.bind(figures.energy).bind(figures.brightness_hz);
  insert.bind(figures.sound_in).bind(figures.music_in).bind(figures.music_out);
  insert.bind(figures.sound_out).bind_bytes(found.detail);
}

/// Whether there is something at `path` that is no catalogue of a library: a file that does not
/// begin as a database of ours does.
bool is_something_else(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  char head[72] = {};
  file.read(head, sizeof(head));
  if (file.gcount() == 0) return false;
  const auto* const id = reinterpret_cast<const unsigned char*>(head + 68);
  const std::int64_t number = (std::int64_t{id[0]} << 24) | (id[1] << 16) | (id[2] << 8) | id[3];
  return file.gcount() < static_cast<std::streamsize>(sizeof(head)) ||
         std::string_view(head, 15) != "SQLite format 3" || number != kApplication;
}

absl::Status make_folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  std::error_code failed;
  if (folder.empty() || fs::is_directory(folder, failed)) return absl::OkStatus();
  fs::create_directories(folder, failed);
  if (failed) return file_error(folder.string(), "making the folder", failed.value());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<LibraryCatalogue>> LibraryCatalogue::open(const std::string& path,
                                                                         const std::string& root) {
  FOCUS_RETURN_IF_ERROR(make_folder_of(path));
  std::error_code failed;
  if (fs::exists(path, failed) && !fs::is_regular_file(path, failed)) {
    return path_error(Fault::argument, path, "is no file, so it can not be the catalogue");
  }
  if (is_something_else(path)) {
    return path_error(Fault::argument, path,
                      "is no catalogue of a library and stays as it is; name another file");
  }
  auto opened = open_once(path, root);
  if (!has_fault(opened.status(), Fault::bad_data)) return opened;
  for (const char* part : {"", "-wal", "-shm"}) {
    fs::rename(path + part, absl::StrCat(path, ".damaged", part), failed);
  }
  return open_once(path, root);
}

absl::StatusOr<std::unique_ptr<LibraryCatalogue>> LibraryCatalogue::open_once(
    const std::string& path, const std::string& root) {
  FOCUS_ASSIGN_OR_RETURN(auto file, SqliteFile::open(path));
  std::unique_ptr<LibraryCatalogue> catalogue(new LibraryCatalogue(std::move(file), root));
  const MutexLock lock(catalogue->mutex_);
  FOCUS_RETURN_IF_ERROR(catalogue->prepare_schema(path));
  std::error_code failed;
  // It tells what somebody listens to.
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failed);
  return catalogue;
}

absl::Status LibraryCatalogue::prepare_schema(const std::string& path) {
  FOCUS_RETURN_IF_ERROR(file_->execute("PRAGMA journal_mode = WAL"));
  FOCUS_RETURN_IF_ERROR(file_->execute("PRAGMA synchronous = NORMAL"));
  FOCUS_RETURN_IF_ERROR(file_->execute("PRAGMA cache_size = -4000"));
  FOCUS_ASSIGN_OR_RETURN(std::int64_t version, file_->number("PRAGMA user_version"));
  if (version > kSchema) {
    return path_error(Fault::unsupported, path,
                      "was written by a newer version; use that one, or name another file");
  }
  if (version == 0) {
    FOCUS_RETURN_IF_ERROR(file_->execute("BEGIN IMMEDIATE"));
    // Somebody else may have made it meanwhile.
    FOCUS_ASSIGN_OR_RETURN(version, file_->number("PRAGMA user_version"));
    absl::Status made;
    if (version == 0) {
      made = file_->execute(absl::StrCat("PRAGMA application_id = ", kApplication,
                                         "; PRAGMA user_version = ", kSchema, ";", kTables));
    }
    FOCUS_RETURN_IF_ERROR(file_->execute(made.ok() ? "COMMIT" : "ROLLBACK"));
    FOCUS_RETURN_IF_ERROR(made);
  }
  // What is damaged beyond its head is found here, and not in the middle of a session.
  FOCUS_ASSIGN_OR_RETURN(SqliteStatement look,
                         file_->prepare("SELECT count(*), sum(bytes) FROM file"));
  return look.step().status();
}

std::string LibraryCatalogue::place_of(const std::string& path) const {
  const fs::path place = fs::path(path).lexically_relative(root_);
  if (place.empty() || *place.begin() == "..") return path;
  return place.string();
}

absl::StatusOr<std::int64_t> LibraryCatalogue::generation() {
  const MutexLock lock(mutex_);
  return file_->number("SELECT generation FROM now");
}

absl::StatusOr<std::map<std::string, KnownFile>> LibraryCatalogue::known() {
  const MutexLock lock(mutex_);
  FOCUS_ASSIGN_OR_RETURN(
      SqliteStatement row,
      file_->prepare("SELECT path, bytes, changed, reason FROM file WHERE until IS NULL"));
  std::map<std::string, KnownFile> known;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool found, row.step());
    if (!found) return known;
    known[row.text(0)] = {row.integer(1), row.integer(2), row.text(3)};
  }
}

absl::StatusOr<std::vector<SkippedFile>> LibraryCatalogue::skipped() {
  const MutexLock lock(mutex_);
  FOCUS_ASSIGN_OR_RETURN(
      SqliteStatement row,
      file_->prepare("SELECT path, reason FROM file WHERE until IS NULL AND reason != '' "
                     "ORDER BY path"));
  std::vector<SkippedFile> skipped;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool found, row.step());
    if (!found) return skipped;
    skipped.push_back({row.text(0), row.text(1)});
  }
}

absl::StatusOr<std::shared_ptr<const LibrarySnapshot>> LibraryCatalogue::snapshot(
    std::int64_t generation) {
  const MutexLock lock(mutex_);
  FOCUS_ASSIGN_OR_RETURN(
      SqliteStatement row,
      file_->prepare(absl::StrCat("SELECT ", kTrackColumns,
                                  " FROM file WHERE since <= ? AND (until IS NULL OR until > ?) "
                                  "AND reason = '' ORDER BY path")));
  row.bind(generation).bind(generation);
  auto snapshot = std::make_shared<LibrarySnapshot>();
  snapshot->generation = generation;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool found, row.step());
    if (!found) return snapshot;
    snapshot->tracks.push_back(track_of(row));
    snapshot->tracks.back().place = place_of(snapshot->tracks.back().path);
  }
}

absl::StatusOr<TrackDetail> LibraryCatalogue::detail(std::int64_t track_id) {
  const MutexLock lock(mutex_);
  FOCUS_ASSIGN_OR_RETURN(SqliteStatement row,
                         file_->prepare("SELECT detail FROM file WHERE id = ?"));
  row.bind(track_id);
  FOCUS_ASSIGN_OR_RETURN(const bool found, row.step());
  if (!found) return fault_error(Fault::not_found, "the catalogue has lost a track");
  return detail_of(row.text(0));
}

absl::Status LibraryCatalogue::apply(const Change& change) {
  if (change.empty()) return absl::OkStatus();
  const MutexLock lock(mutex_);
  FOCUS_RETURN_IF_ERROR(file_->execute("BEGIN IMMEDIATE"));
  const absl::Status written = write(change);
  const absl::Status ended = file_->execute(written.ok() ? "COMMIT" : "ROLLBACK");
  return written.ok() ? ended : written;
}

absl::Status LibraryCatalogue::write(const Change& change) {
  FOCUS_RETURN_IF_ERROR(file_->execute("UPDATE now SET generation = generation + 1"));
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t now, file_->number("SELECT generation FROM now"));
  FOCUS_ASSIGN_OR_RETURN(
      SqliteStatement end,
      file_->prepare("UPDATE file SET until = ? WHERE path = ? AND until IS NULL"));
  FOCUS_ASSIGN_OR_RETURN(
      SqliteStatement insert,
      file_->prepare("INSERT INTO file (path, since, bytes, changed, reason, title, artist, album, "
                     "genre, told_lufs, frames, sample_rate, channels, lufs, range_lu, true_peak, "
                     "bpm, beat_confidence, tonic, is_minor, key_confidence, energy, brightness, "
                     "sound_in, music_in, music_out, sound_out, detail) VALUES (?, ?, ?, ?, ?, ?, "
                     "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const std::string& path : change.gone) {
    end.bind(now).bind_bytes(path);
    FOCUS_RETURN_IF_ERROR(end.run());
  }
  for (const Change::New& found : change.found) {
    end.bind(now).bind_bytes(found.track.path);
    FOCUS_RETURN_IF_ERROR(end.run());
    bind_track(insert, found, now);
    FOCUS_RETURN_IF_ERROR(insert.run());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> LibraryCatalogue::generation_of(const std::string& session) {
  const MutexLock lock(mutex_);
  // The first who asks decides for all, also for other processes.
  FOCUS_ASSIGN_OR_RETURN(
      SqliteStatement insert,
      file_->prepare("INSERT OR IGNORE INTO session SELECT ?, generation, ? FROM now"));
  insert.bind(session).bind(Clock::system().unix_seconds());
  FOCUS_RETURN_IF_ERROR(insert.run());
  FOCUS_ASSIGN_OR_RETURN(SqliteStatement row,
                         file_->prepare("SELECT generation FROM session WHERE name = ?"));
  row.bind(session);
  FOCUS_RETURN_IF_ERROR(row.step().status());
  return row.integer(0);
}

absl::Status LibraryCatalogue::tidy() {
  const MutexLock lock(mutex_);
  const std::int64_t oldest = Clock::system().unix_seconds() - kSessionDays * kSecondsPerDay;
  FOCUS_RETURN_IF_ERROR(file_->execute(absl::StrCat("DELETE FROM session WHERE begun < ", oldest)));
  return file_->execute(
      "DELETE FROM file WHERE until <= "
      "(SELECT min(coalesce((SELECT min(generation) FROM session), generation), generation) "
      "FROM now)");
}

}  // namespace focus::core::engines
