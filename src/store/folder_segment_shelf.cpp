// SPDX-License-Identifier: MIT
#include "store/folder_segment_shelf.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "audio/file.h"
#include "base/error.h"
#include "store/file_segment_reader.h"

namespace focus::core::store {
namespace {

namespace fs = std::filesystem;

std::string folder_of(const SegmentRecord& segment) {
  return fs::path(segment.path).parent_path().string();
}

}  // namespace

absl::StatusOr<SegmentRecord> FolderSegmentShelf::put(const std::string& session_id,
                                                      std::int64_t epoch, audio::AudioFormat format,
                                                      SegmentRecord segment,
                                                      audio::AudioBuffer&& audio,
                                                      const audio::AudioFileOptions& options,
                                                      const CancelToken& cancel) {
  Piece piece{session_id, epoch, cancel, std::move(segment)};
  piece.record.path = folder_.segment(session_id, format, piece.record.index);
  piece.record.frames = audio.frames();
  piece.record.sample_rate = audio.sample_rate();
  absl::Status kept = begin(piece);
  if (kept.ok()) kept = write(piece, format, audio, options);
  if (kept.ok()) kept = make_durable(piece);
  if (kept.ok()) {
    checks_.note(piece.record.path, format, piece.record.digest);
    return std::move(piece.record);
  }
  // Where the session was removed meanwhile, that is the error, whichever file was missed first;
  // and the folder that was made for it goes too.
  const absl::Status session = SharedCatalogue::Reading(shared_)->changes(session_id).status();
  if (is_not_found(session)) {
    std::error_code ignored;
    fs::remove(folder_.session(session_id), ignored);
    kept = session;
  }
  const bool is_lost = is_not_found(kept) || has_fault(kept, Fault::conflict);
  return is_lost && cancel.cancelled() ? cancelled_error() : kept;
}

/// Refuses early what the fence would refuse, and clears the way for the file.
absl::Status FolderSegmentShelf::begin(const Piece& piece) {
  SharedCatalogue::Reading catalogue(shared_);
  FOCUS_RETURN_IF_ERROR(catalogue->check_claim(piece.session_id, piece.record.index, piece.epoch));
  // The claim is current, so the segment has no row. A file of its name is what a kill has left
  // between the file's renaming and the commit of its row.
  std::error_code ignored;
  fs::remove(piece.record.path, ignored);
  return absl::OkStatus();
}

/// All that takes long, without any lock; then the row and the name of the file together.
absl::Status FolderSegmentShelf::write(Piece& piece, audio::AudioFormat format,
                                       const audio::AudioBuffer& audio,
                                       const audio::AudioFileOptions& options) {
  const std::string folder = folder_of(piece.record);
  audio::AudioFileOptions private_options = options;
  private_options.is_private = true;
  // Not when a session begins, which therefore does not wait for the disk.
  FOCUS_RETURN_IF_ERROR(folder_.make_folder(folder));
  FOCUS_ASSIGN_OR_RETURN(const auto writer, audio::AudioFileWriter::create(
                                                piece.record.path, format, audio.sample_rate(),
                                                audio.channel_count(), private_options));
  FOCUS_RETURN_IF_ERROR(encode_segment(audio, piece.cancel, *writer));
  FOCUS_ASSIGN_OR_RETURN(AtomicFile* const file, writer->complete());
  FOCUS_ASSIGN_OR_RETURN(const auto written, FileAudioBytes::open(file->partial_path(), format));
  piece.record.bytes = written->size();
  FOCUS_ASSIGN_OR_RETURN(piece.record.digest, written->digest());
  FOCUS_RETURN_IF_ERROR(folder_.sync_content(file->partial_path()));
  // An older file of the same name, which is gone by now, must be gone from the disk before the row
  // can be on it. Otherwise a power cut could leave the new row with the old file, which is found
  // out only where the sizes differ. With the old file gone, a power cut can leave the row with the
  // right file or with none, and then it is forgotten.
  FOCUS_RETURN_IF_ERROR(folder_.sync_names(folder));
  return make_ready(piece, *file);
}

/// The fence. The claim's epoch is looked at in the transaction that makes the row, and the file
/// gets its name while the catalogue is locked. So of two claimants of one segment only the one
/// with the current claim can ever give a file the name; the other removes its partial file, which
/// has a name of its own.
absl::Status FolderSegmentShelf::make_ready(const Piece& piece, AtomicFile& file) {
  const std::string& id = piece.session_id;
  const int index = piece.record.index;
  SharedCatalogue::Writing catalogue(shared_);
  if (piece.cancel.cancelled()) return cancelled_error();
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_RETURN_IF_ERROR(catalogue->check_claim(id, index, piece.epoch));
  FOCUS_RETURN_IF_ERROR(catalogue->segments().put(id, piece.epoch, piece.record));
  FOCUS_RETURN_IF_ERROR(catalogue->claims().remove(id, index, piece.epoch));
  FOCUS_RETURN_IF_ERROR(catalogue->raise_revision(id));
  FOCUS_RETURN_IF_ERROR(
      catalogue->tell({MessageKind::segment_ready, id, index, piece.record.engine}));
  FOCUS_RETURN_IF_ERROR(file.rename());
  absl::Status committed = transaction.commit();
  if (!committed.ok()) {
    std::error_code ignored;
    fs::remove(piece.record.path, ignored);
  }
  return committed;
}

/// The segment counts already, also after a kill; here it waits until a power cut would not lose it
/// either. Where the disk fails, the segment is taken back.
absl::Status FolderSegmentShelf::make_durable(const Piece& piece) {
  absl::Status synced = folder_.sync_names(folder_of(piece.record));
  if (synced.ok()) synced = shared_.sync();
  if (!synced.ok()) forget_lost(piece.session_id, {piece.record, piece.epoch}).IgnoreError();
  return synced;
}

/// Forgets a segment, unless it was replaced meanwhile.
absl::Status FolderSegmentShelf::forget_lost(const std::string& session_id,
                                             const SegmentTable::Row& row) {
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_ASSIGN_OR_RETURN(const bool forgotten,
                         catalogue->segments().forget(session_id, row.record.index, row.epoch));
  if (!forgotten) return absl::OkStatus();
  FOCUS_RETURN_IF_ERROR(catalogue->raise_revision(session_id));
  FOCUS_RETURN_IF_ERROR(transaction.commit());
  std::error_code ignored;
  fs::remove(row.record.path, ignored);
  return absl::OkStatus();
}

absl::Status FolderSegmentShelf::forget(const std::string& session_id, int index) {
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(const audio::AudioFormat format, catalogue->format(session_id));
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_ASSIGN_OR_RETURN(const bool forgotten, catalogue->segments().forget(session_id, index));
  if (!forgotten) return absl::OkStatus();
  FOCUS_RETURN_IF_ERROR(catalogue->raise_revision(session_id));
  FOCUS_RETURN_IF_ERROR(transaction.commit());
  std::error_code ignored;
  fs::remove(folder_.segment(session_id, format, index), ignored);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<SegmentRecord>> FolderSegmentShelf::list(const std::string& session_id) {
  audio::AudioFormat format;
  std::vector<SegmentTable::Row> rows;
  {
    SharedCatalogue::Reading catalogue(shared_);
    FOCUS_ASSIGN_OR_RETURN(format, catalogue->format(session_id));
    FOCUS_ASSIGN_OR_RETURN(rows, catalogue->segments().list(session_id));
  }
  std::vector<SegmentRecord> present;
  for (SegmentTable::Row& row : rows) {
    row.record.path = folder_.segment(session_id, format, row.record.index);
    std::error_code failed;
    const std::uintmax_t bytes = fs::file_size(row.record.path, failed);
    if (failed && failed != std::errc::no_such_file_or_directory) {
      return file_error(row.record.path, "cannot be read", failed.value());
    }
    // Gone, or not as it was left: it is made again.
    if (failed || bytes != static_cast<std::uintmax_t>(row.record.bytes)) {
      FOCUS_RETURN_IF_ERROR(forget_lost(session_id, row));
    } else {
      present.push_back(std::move(row.record));
    }
  }
  return present;
}

absl::StatusOr<std::shared_ptr<const FileAudioBytes>> FolderSegmentShelf::open_checked(
    const std::string& session_id, int index) {
  audio::AudioFormat format;
  std::optional<std::string> digest;
  {
    SharedCatalogue::Reading catalogue(shared_);
    FOCUS_ASSIGN_OR_RETURN(format, catalogue->format(session_id));
    FOCUS_ASSIGN_OR_RETURN(digest, catalogue->segments().digest(session_id, index));
  }
  if (!digest) return no_segment(index);
  return checks_.open(folder_.segment(session_id, format, index), format, *digest);
}

absl::StatusOr<std::unique_ptr<SegmentReader>> FolderSegmentShelf::open(
    const std::string& session_id, int index) {
  FOCUS_ASSIGN_OR_RETURN(const auto checked, open_checked(session_id, index));
  FOCUS_ASSIGN_OR_RETURN(auto file, audio::AudioFileReader::open(checked->path()));
  return std::make_unique<FileSegmentReader>(std::move(file));
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> FolderSegmentShelf::open_bytes(
    const std::string& session_id, int index) {
  return open_checked(session_id, index);
}

}  // namespace focus::core::store
