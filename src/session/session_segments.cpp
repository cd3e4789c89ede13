// SPDX-License-Identifier: MIT
// What a session knows of its ready segments, and how it gives them up.
#include <algorithm>
#include <filesystem>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "session/session.h"
#include "store/memory_reader.h"

namespace focus::core {
namespace {

/// A file that has lost its end would be found out only where it breaks off: its head says still
/// how long it was.
absl::Status check_whole(const SegmentRecord& record) {
  if (record.path.empty()) return absl::OkStatus();
  std::error_code ignored;  // who can not see the size reads what there is
  const auto bytes = std::filesystem::file_size(record.path, ignored);
  if (ignored || bytes >= static_cast<std::uintmax_t>(record.bytes)) return absl::OkStatus();
  return with_field(absl::DataLossError(absl::StrCat(record.path, ": has ", bytes, " of ",
                                                     record.bytes, " bytes; the file is damaged")),
                    record.path);
}

}  // namespace

absl::Status Session::check_index(const Plan& plan, int index) {
  const int count = plan.segment_count();
  if (index >= 0 && index < count) return absl::OkStatus();
  return with_field(
      absl::NotFoundError(absl::StrCat("index: no segment ", index, "; there are ", count)),
      "index");
}

absl::Status Session::check_ready_locked(int index) const {
  if (removed_) {
    return with_field(absl::NotFoundError(absl::StrCat("index: segment ", index,
                                                       " has gone: the session was deleted")),
                      "index");
  }
  if (readiness_locked(index) == Readiness::ready) return absl::OkStatus();
  const char* why = ended_ ? " was not made before the session was ended"
                           : " is not ready yet; wait for its event";
  return with_field(absl::FailedPreconditionError(absl::StrCat("index: segment ", index, why)),
                    "index");
}

std::string Session::path_of(int index) const {
  const std::lock_guard guard(mutex_);
  if (index >= count_locked() || !segment_locked(index).record) return "";
  return segment_locked(index).record->path;
}

bool Session::played_by_fallback(int index) const {
  const std::lock_guard guard(mutex_);
  if (index >= count_locked() || !segment_locked(index).record) return false;
  return segment_locked(index).record->fallback;
}

absl::StatusOr<std::unique_ptr<SegmentReader>> Session::open_segment(int index) {
  FOCUS_RETURN_IF_ERROR(check_index(*plan(), index));
  std::shared_ptr<const SegmentRecord> record;
  {
    const std::lock_guard guard(mutex_);
    FOCUS_RETURN_IF_ERROR(check_ready_locked(index));
    const Segment& segment = segment_locked(index);
    if (segment.audio) return std::make_unique<MemorySegmentReader>(segment.audio);
    record = segment.record;
  }
  FOCUS_RETURN_IF_ERROR(check_whole(*record));
  return parts_.store->segments().open(id(), index);
}

absl::StatusOr<Session::HeardSegment> Session::open_heard(int index) {
  HeardSegment heard;
  heard.plan = plan();
  FOCUS_ASSIGN_OR_RETURN(heard.reader, open_segment(index));
  if (change_count() != heard.plan->change_count()) {
    return with_field(
        absl::FailedPreconditionError("index: the session was steered just now; look at it again"),
        "index");
  }
  heard.frames =
      std::min(heard.reader->frames(), heard.plan->length_frames(index, request().sample_rate));
  return heard;
}

absl::StatusOr<Session::ReadySegment> Session::ready_segment(int index) const {
  const std::lock_guard guard(mutex_);
  FOCUS_RETURN_IF_ERROR(check_index(*plan_, index));
  FOCUS_RETURN_IF_ERROR(check_ready_locked(index));
  const SegmentRecord& record = *segment_locked(index).record;
  const std::int64_t planned = plan_->length_frames(index, request().sample_rate);
  return ReadySegment{record, plan_, std::min(record.frames, planned),
                      static_cast<int>(history_.size())};
}

void Session::lose_segment(int index, const absl::Status& why) {
  {
    const std::lock_guard guard(mutex_);
    if (readiness_locked(index) != Readiness::ready) return;
    segment_locked(index) = Segment();
  }
  parts_.store->segments().forget(id(), index).IgnoreError();
  events_.add({EventType::trouble, index, why,
               absl::StrCat("made again, since it can not be read: ", why.message())});
  publish_status();
  ring_work();
}

bool Session::is_removed() const {
  const std::lock_guard guard(mutex_);
  return removed_;
}

bool Session::is_used() const {
  const std::lock_guard guard(mutex_);
  return users_ > 0;
}

/// Where it can not be written down, the session is at worst taken for older than it is.
void Session::touch() {
  parts_.store->sessions().touch(id(), parts_.clock->unix_seconds()).IgnoreError();
}

absl::Status Session::remove() {
  const std::lock_guard as_it_is(steering_);
  {
    const std::lock_guard guard(mutex_);
    FOCUS_RETURN_IF_ERROR(parts_.store->sessions().remove(id()));
    cancel_work_locked(0);
    ended_ = end_is_kept_ = true;
    removed_ = true;
    for (Segment& segment : segments_) segment = Segment();
  }
  changed_.notify_all();
  ring_work();
  publish_status();
  return absl::OkStatus();
}

}  // namespace focus::core
