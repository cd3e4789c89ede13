// SPDX-License-Identifier: MIT
#include "store/cluster/cluster_segment_shelf.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/file.h"
#include "audio/source.h"
#include "base/error.h"
#include "store/file_segment_reader.h"

namespace focus::core::store {
namespace {

/// About 300 bytes each.
constexpr std::size_t kMostRemembered = 50'000;

std::string object_name(const std::string& session_id, int index, std::int64_t epoch,
                        audio::AudioFormat format) {
  return absl::StrCat("sessions/", session_id, "/", absl::Dec(index, absl::kZeroPad3), "-", epoch,
                      ".", std::string(ending_of(format)));
}

}  // namespace

absl::StatusOr<SegmentRecord> ClusterSegmentShelf::put(
    const std::string& session_id, std::int64_t epoch, audio::AudioFormat format,
    SegmentRecord segment, audio::AudioBuffer&& audio, const audio::AudioFileOptions& options,
    const CancelToken& cancel) {
  segment.path.clear();
  segment.frames = audio.frames();
  segment.sample_rate = audio.sample_rate();
  const absl::Status kept = keep(session_id, epoch, format, segment, audio, options, cancel);
  if (kept.ok()) return segment;
  const bool is_lost = is_not_found(kept) || has_fault(kept, Fault::conflict);
  return is_lost && cancel.cancelled() ? cancelled_error() : kept;
}

absl::Status ClusterSegmentShelf::keep(const std::string& session_id, std::int64_t epoch,
                                       audio::AudioFormat format, SegmentRecord& record,
                                       const audio::AudioBuffer& audio,
                                       const audio::AudioFileOptions& options,
                                       const CancelToken& cancel) {
  const std::string object = object_name(session_id, record.index, epoch, format);
  // Refuses early what the fence would refuse.
  FOCUS_RETURN_IF_ERROR(rows_.begin(session_id, record.index, epoch, object));
  audio::AudioFileOptions private_options = options;
  private_options.is_private = true;
  const std::string path = outbox_.path_of(object);
  {
    FOCUS_ASSIGN_OR_RETURN(const auto writer,
                           audio::AudioFileWriter::create(path, format, audio.sample_rate(),
                                                          audio.channel_count(), private_options));
    FOCUS_RETURN_IF_ERROR(encode_segment(audio, cancel, *writer));
    FOCUS_RETURN_IF_ERROR(writer->commit(AtomicFile::Durability::renamed));
  }
  {
    FOCUS_ASSIGN_OR_RETURN(const auto written, FileAudioBytes::open(path, format));
    record.bytes = written->size();
    FOCUS_ASSIGN_OR_RETURN(record.digest, written->digest());
  }
  // A database that is away as well says nothing about the claim: the row decides in the end.
  const auto extend = [&]() -> absl::Status {
    const absl::Status extended = board_.extend(session_id, record.index, epoch, 0);
    return has_fault(extended, Fault::unavailable) ? absl::OkStatus() : extended;
  };
  FOCUS_RETURN_IF_ERROR(outbox_.send(object, format, extend, cancel));  // removes the file
  if (cancel.cancelled()) return cancelled_error();
  FOCUS_RETURN_IF_ERROR(rows_.complete(session_id, epoch, record, object));
  remember(session_id, record.index, {object, format, record.bytes, record.digest});
  return absl::OkStatus();
}

void ClusterSegmentShelf::remember(const std::string& session_id, int index,
                                   const PgSegmentRows::Place& place) {
  const MutexLock lock(mutex_);
  if (seen_.size() >= kMostRemembered) seen_.clear();
  seen_.insert_or_assign({session_id, index}, place);
}

absl::StatusOr<PgSegmentRows::Place> ClusterSegmentShelf::place_of(const std::string& session_id,
                                                                   int index) {
  auto place = rows_.find(session_id, index);
  if (place.ok()) remember(session_id, index, *place);
  if (!has_fault(place.status(), Fault::unavailable)) return place;
  const MutexLock lock(mutex_);
  const auto seen = seen_.find({session_id, index});
  if (seen != seen_.end()) return seen->second;
  return place;
}

absl::StatusOr<std::vector<SegmentRecord>> ClusterSegmentShelf::list(
    const std::string& session_id) {
  FOCUS_ASSIGN_OR_RETURN(auto rows, rows_.list(session_id));
  std::vector<SegmentRecord> records;
  for (PgSegmentRows::Row& row : rows) {
    remember(session_id, row.record.index, row.place);
    records.push_back(std::move(row.record));
  }
  return records;
}

absl::StatusOr<std::shared_ptr<const AudioBytes>> ClusterSegmentShelf::open_bytes(
    const std::string& session_id, int index) {
  FOCUS_ASSIGN_OR_RETURN(const PgSegmentRows::Place place, place_of(session_id, index));
  auto bytes = objects_.open(place.object, place.format, place.bytes, place.digest);
  // The row says that it is there: it was lost, and the caller has the segment made again.
  if (is_not_found(bytes.status())) {
    return fault_error(Fault::bad_data, absl::StrCat("the audio of segment ", index, " is lost"));
  }
  return bytes;
}

absl::StatusOr<std::unique_ptr<SegmentReader>> ClusterSegmentShelf::open(
    const std::string& session_id, int index) {
  FOCUS_ASSIGN_OR_RETURN(const auto bytes, open_bytes(session_id, index));
  auto source = audio::AudioSource::of(
      absl::StrCat("segment ", index), bytes->size(),
      [bytes](std::int64_t position, void* to, std::int64_t count) -> std::int64_t {
        return bytes->read(position, to, count).value_or(-1);
      });
  FOCUS_ASSIGN_OR_RETURN(auto file, audio::AudioFileReader::open(std::move(source)));
  return std::make_unique<FileSegmentReader>(std::move(file));
}

absl::StatusOr<std::optional<std::string>> ClusterSegmentShelf::direct_url(
    const std::string& session_id, int index, std::int64_t now, std::int64_t until) {
  FOCUS_ASSIGN_OR_RETURN(const PgSegmentRows::Place place, place_of(session_id, index));
  return objects_.direct_url(place.object, now, until);
}

absl::Status ClusterSegmentShelf::forget(const std::string& session_id, int index) {
  return rows_.forget(session_id, index);
}

}  // namespace focus::core::store
