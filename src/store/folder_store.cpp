// SPDX-License-Identifier: MIT
#include "store/folder_store.h"

#include <cerrno>
#include <filesystem>
#include <stdlib.h>
#include <sys/stat.h>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "base/error.h"
#include "base/temporary_folder.h"
#include "store/abandoned_folders.h"

namespace focus::core {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kEncodedBlock = 8192;  // frames between two looks at the cancel token

absl::Status make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) {
    return sync_folder(fs::path(path).parent_path().string());
  }
  const int failed = errno;
  std::error_code ignored;
  if (failed == EEXIST && fs::is_directory(path, ignored)) return absl::OkStatus();
  return file_error(path, "the folder cannot be created", failed);
}

class FileSegmentReader final : public SegmentReader {
 public:
  explicit FileSegmentReader(std::unique_ptr<AudioFileReader> file) : file_(std::move(file)) {}

  std::int64_t frames() const override { return file_->info().frames; }
  absl::StatusOr<std::int64_t> read(std::int64_t first_frame, AudioView out) override {
    if (first_frame != next_frame_) FOCUS_RETURN_IF_ERROR(file_->seek(first_frame));
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, file_->read(out));
    next_frame_ = first_frame + count;
    return count;
  }

 private:
  std::unique_ptr<AudioFileReader> file_;
  std::int64_t next_frame_ = 0;
};

}  // namespace

FolderStore::FolderStore(std::string folder, Lifetime lifetime, std::unique_ptr<FolderLock> lock,
                         std::unique_ptr<Catalogue> catalogue)
    : folder_(std::move(folder)),
      lifetime_(lifetime),
      lock_(std::move(lock)),
      catalogue_(std::move(catalogue)),
      ledger_(catalogue_->database(), mutex_) {}

FolderStore::~FolderStore() {
  catalogue_.reset();
  if (lifetime_ == Lifetime::temporary) remove_temporary_folder(folder_);
}

absl::StatusOr<std::unique_ptr<FolderStore>> FolderStore::open(const std::string& folder) {
  return open_in(folder, Lifetime::lasting);
}

absl::StatusOr<std::unique_ptr<FolderStore>> FolderStore::open_temporary() {
  constexpr const char* kPrefix = "focus-session-";
  FOCUS_ASSIGN_OR_RETURN(const std::string folder, make_temporary_folder(kPrefix));
  remove_abandoned_folders(fs::path(folder).parent_path().string(), kPrefix);
  auto store = open_in(folder, Lifetime::temporary);
  if (!store.ok()) remove_temporary_folder(folder);
  return store;
}

absl::StatusOr<std::unique_ptr<FolderStore>> FolderStore::open_in(const std::string& path,
                                                                  Lifetime lifetime) {
  // Absolute, so that it stays the same folder when the process changes its own.
  std::error_code failed;
  const std::string folder = fs::absolute(path, failed).string();
  if (failed) return file_error(path, "cannot be found", failed.value());
  FOCUS_RETURN_IF_ERROR(make_folder(folder));
  FOCUS_ASSIGN_OR_RETURN(auto lock, FolderLock::take(folder));
  if (lifetime == Lifetime::temporary) {
    FOCUS_RETURN_IF_ERROR(mark_as_temporary(folder));
  } else {
    unmark_as_temporary(folder);  // what a killed process has left may be rescued
  }
  FOCUS_RETURN_IF_ERROR(make_folder(folder + "/sessions"));
  FOCUS_RETURN_IF_ERROR(make_folder(folder + "/tracks"));
  const std::string catalogue_path = folder + "/catalogue.sqlite";
  auto catalogue = Catalogue::open(catalogue_path, lifetime == Lifetime::lasting
                                                       ? Catalogue::Durability::synced
                                                       : Catalogue::Durability::unsynced);
  if (!catalogue.ok()) return with_path(catalogue.status(), catalogue_path);
  std::unique_ptr<FolderStore> store(
      new FolderStore(folder, lifetime, std::move(lock), *std::move(catalogue)));
  store->remove_partial_files();
  FOCUS_RETURN_IF_ERROR(store->catalogue_->leftovers().sweep(folder));
  return store;
}

/// What a killed process was writing: the lock says that nobody is writing now.
void FolderStore::remove_partial_files() const {
  for (const char* folder : {"sessions", "tracks"}) {
    std::error_code failed;
    std::error_code ignored;
    auto entry = fs::recursive_directory_iterator(
        path_in(folder), fs::directory_options::skip_permission_denied, failed);
    for (; !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
      if (is_partial_name(entry->path().filename().string())) fs::remove(entry->path(), ignored);
    }
  }
}

AtomicFile::Durability FolderStore::durability() const {
  return lifetime_ == Lifetime::lasting ? AtomicFile::Durability::synced
                                        : AtomicFile::Durability::renamed;
}

std::string FolderStore::session_folder(const std::string& session_id) const {
  return absl::StrCat(folder_, "/sessions/", session_id);
}

std::string FolderStore::segment_path(const std::string& session_id, AudioFormat format,
                                      int index) const {
  return absl::StrCat(session_folder(session_id), "/", segment_file_name(index, format));
}

absl::Status FolderStore::add_session(const SessionRecord& session) {
  const std::lock_guard guard(mutex_);
  return catalogue_->add_session(session);
}

absl::StatusOr<SessionRecord> FolderStore::session(const std::string& id) {
  const std::lock_guard guard(mutex_);
  return catalogue_->session(id);
}

absl::StatusOr<std::vector<std::string>> FolderStore::session_ids() {
  const std::lock_guard guard(mutex_);
  return catalogue_->session_ids();
}

absl::Status FolderStore::set_ended(const std::string& id) {
  const std::lock_guard guard(mutex_);
  return catalogue_->set_ended(id);
}

absl::Status FolderStore::set_stopped_cap(const std::string& id) {
  const std::lock_guard guard(mutex_);
  return catalogue_->set_stopped_cap(id);
}

absl::Status FolderStore::add_change(const std::string& id, const Change& change, int first_gone,
                                     const std::function<void()>& give_up) {
  const std::lock_guard keeping(keeping_);
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(const SessionRecord session, catalogue_->session(id));
  FOCUS_ASSIGN_OR_RETURN(const auto listed, catalogue_->segments(id));
  FOCUS_RETURN_IF_ERROR(
      catalogue_->add_change(id, static_cast<int>(session.history.size()), change, first_gone));
  give_up();
  std::error_code ignored;
  for (const SegmentRecord& segment : listed) {
    if (segment.index < first_gone) continue;
    fs::remove(segment_path(id, session.request.format, segment.index), ignored);
  }
  return absl::OkStatus();
}

absl::Status FolderStore::delete_session(const std::string& id,
                                         const std::function<void()>& give_up) {
  {
    const std::lock_guard keeping(keeping_);
    const std::lock_guard guard(mutex_);
    FOCUS_RETURN_IF_ERROR(catalogue_->delete_session(id));
    give_up();
  }
  remove_leftover("sessions/" + id);  // many files, maybe; nobody else has to wait
  return absl::OkStatus();
}

absl::Status FolderStore::touch(const std::string& id, std::int64_t unix_seconds) {
  const std::lock_guard guard(mutex_);
  return catalogue_->touch(id, unix_seconds);
}

absl::StatusOr<std::vector<std::string>> FolderStore::untouched_since(std::int64_t unix_seconds) {
  const std::lock_guard guard(mutex_);
  return catalogue_->untouched_since(unix_seconds);
}

/// What was being written is wanted no more. Where its session was deleted meanwhile, the folder
/// that was made for it goes too.
absl::Status FolderStore::give_up(const std::string& session_id,
                                  std::unique_ptr<AudioFileWriter> file) {
  file.reset();
  const std::lock_guard guard(mutex_);
  std::error_code ignored;
  if (is_not_found(catalogue_->session(session_id).status())) {
    fs::remove(session_folder(session_id), ignored);
  }
  return cancelled_error();
}

absl::StatusOr<SegmentRecord> FolderStore::put_segment(const std::string& session_id,
                                                       AudioFormat format, SegmentRecord segment,
                                                       AudioBuffer&& audio,
                                                       std::uint64_t dither_seed,
                                                       const CancelToken& cancel) {
  const std::string path = segment_path(session_id, format, segment.index);
  {
    const std::lock_guard guard(mutex_);
    FOCUS_RETURN_IF_ERROR(catalogue_->session(session_id).status());
  }
  // Not when a session begins, which then has to wait for the disk once only.
  FOCUS_RETURN_IF_ERROR(make_folder(session_folder(session_id)));
  FOCUS_ASSIGN_OR_RETURN(auto file, AudioFileWriter::create(path, format, audio.sample_rate(),
                                                            audio.channel_count(), {dither_seed}));
  for (std::int64_t at = 0; at < audio.frames(); at += kEncodedBlock) {
    if (cancel.cancelled()) return give_up(session_id, std::move(file));
    const std::int64_t count = std::min(kEncodedBlock, audio.frames() - at);
    FOCUS_RETURN_IF_ERROR(file->write(std::as_const(audio).view().subview(at, count)));
  }
  const std::lock_guard keeping(keeping_);
  if (cancel.cancelled()) return give_up(session_id, std::move(file));
  FOCUS_RETURN_IF_ERROR(file->commit(durability()));
  std::error_code failed;
  segment.path = path;
  segment.bytes = static_cast<std::int64_t>(fs::file_size(path, failed));
  if (failed) return file_error(path, "cannot be measured", failed.value());
  segment.frames = audio.frames();
  segment.sample_rate = audio.sample_rate();
  const std::lock_guard guard(mutex_);
  FOCUS_RETURN_IF_ERROR(catalogue_->put_segment(session_id, segment));
  return segment;
}

absl::StatusOr<std::vector<SegmentRecord>> FolderStore::segments(const std::string& session_id) {
  const std::lock_guard guard(mutex_);
  FOCUS_ASSIGN_OR_RETURN(const SessionRecord session, catalogue_->session(session_id));
  FOCUS_ASSIGN_OR_RETURN(const auto listed, catalogue_->segments(session_id));
  std::vector<SegmentRecord> present;
  for (SegmentRecord segment : listed) {
    segment.path = segment_path(session_id, session.request.format, segment.index);
    std::error_code failed;
    const std::uintmax_t bytes = fs::file_size(segment.path, failed);
    if (failed && failed != std::errc::no_such_file_or_directory) {
      return file_error(segment.path, "cannot be read", failed.value());
    }
    // Gone, or not as it was left: it is made again.
    if (failed || bytes != static_cast<std::uintmax_t>(segment.bytes)) {
      FOCUS_RETURN_IF_ERROR(catalogue_->forget_segment(session_id, segment.index));
    } else {
      present.push_back(std::move(segment));
    }
  }
  return present;
}

absl::StatusOr<std::unique_ptr<SegmentReader>> FolderStore::open_segment(
    const std::string& session_id, int index) {
  AudioFormat format;
  {
    const std::lock_guard guard(mutex_);
    FOCUS_ASSIGN_OR_RETURN(const SessionRecord session, catalogue_->session(session_id));
    format = session.request.format;
  }
  FOCUS_ASSIGN_OR_RETURN(auto file, AudioFileReader::open(segment_path(session_id, format, index)));
  return std::make_unique<FileSegmentReader>(std::move(file));
}

}  // namespace focus::core
