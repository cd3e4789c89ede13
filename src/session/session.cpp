// SPDX-License-Identifier: MIT
#include "session/session.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/guarded.h"
#include "session/steady_reader.h"
#include "session/steer.h"
#include "store/memory_reader.h"

namespace focus::core::session {
namespace {

/// A file that has lost its end would otherwise be found out only where it breaks off: its header
/// still says how long it was.
absl::Status check_whole(const store::SegmentRecord& record) {
  if (record.path.empty()) return absl::OkStatus();
  std::error_code ignored;  // a file whose size is not to be had is read as far as it goes
  const auto bytes = std::filesystem::file_size(record.path, ignored);
  if (ignored || bytes >= static_cast<std::uintmax_t>(record.bytes)) return absl::OkStatus();
  return damaged(record.path,
                 absl::StrCat("has ", bytes, " of ", record.bytes, " bytes; the file is damaged"));
}

}  // namespace

std::shared_ptr<Session> Session::create(SessionParts parts,
                                         std::vector<store::SegmentRecord> ready) {
  std::shared_ptr<Session> session(new Session(std::move(parts), std::move(ready)));
  session->state_.session = session;
  session->state_.tell_if_complete();  // where its process has ended before it did
  return session;
}

Session::~Session() { state_.parts.work->wanted.mark(state_.number, {}); }

std::shared_ptr<const plan::Plan> Session::plan() const {
  const MutexLock lock(state_.mutex);
  return state_.plan;
}

SessionView Session::view() const {
  SessionView view;
  view.record = record();
  const MutexLock lock(state_.mutex);
  view.plan = state_.plan;
  view.record.request = state_.plan->request();
  view.record.history = state_.history;
  view.record.ended = state_.ended;
  view.record.stopped_cap = state_.stopped_cap;
  view.spent_micros = state_.spent_micros;
  view.status = state_.status();
  view.ready_count = state_.board.ready_count();
  view.segments.reserve(static_cast<std::size_t>(state_.board.count()));
  for (int k = 0; k < state_.board.count(); ++k) view.segments.push_back(state_.board.record(k));
  return view;
}

bool Session::is_removed() const {
  const MutexLock lock(state_.mutex);
  return state_.removed;
}

absl::Status Session::end() {
  {
    const MutexLock lock(state_.mutex);
    if (state_.end_is_kept) return absl::OkStatus();
    state_.ended = true;
    state_.board.cancel_work();
  }
  state_.changed.notify_all();
  state_.ring_work();
  state_.publish_status();
  FOCUS_RETURN_IF_ERROR(state_.parts.store->sessions().set_ended(id()));
  const MutexLock lock(state_.mutex);
  state_.end_is_kept = true;
  return absl::OkStatus();
}

absl::Status Session::remove() {
  FOCUS_RETURN_IF_ERROR(state_.parts.store->sessions().remove(id()));
  state_.note_removed();
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> Session::steer(const plan::Steering& steering,
                                            std::optional<double> at_seconds) {
  return session::steer(state_, steering, at_seconds);
}

void Session::add_user() {
  {
    const MutexLock lock(state_.mutex);
    // Opened again after a failure, it tries again.
    if (state_.users++ == 0) state_.failure = absl::OkStatus();
  }
  state_.ring_work();
}

void Session::remove_user() noexcept {
  const bool is_kept = !state_.look_ahead_bound;
  std::int64_t epoch = 0;
  {
    const MutexLock lock(state_.mutex);
    if (--state_.users > 0) return;
    state_.board.cancel_work();
    state_.board.drop_kept_in_memory(state_.board.count());
    if (!is_kept) {
      state_.board.forget_ready(0, state_.board.count());
      state_.kept_from = 0;
    }
    epoch = state_.last_epoch;
  }
  if (!is_kept) {
    without_throwing([&] { state_.parts.store->segments().release(id(), epoch); });
  }
  state_.ring_work();
}

bool Session::is_used() const {
  const MutexLock lock(state_.mutex);
  return state_.users > 0;
}

bool Session::is_active() const {
  const MutexLock lock(state_.mutex);
  return state_.status() == SessionStatus::active;
}

void Session::try_again() {
  {
    const MutexLock lock(state_.mutex);
    if (state_.failure.ok()) return;
    state_.failure = absl::OkStatus();
  }
  state_.publish_status();
  state_.ring_work();
}

Readiness Session::readiness(int index) const {
  const MutexLock lock(state_.mutex);
  return state_.readiness(index);
}

absl::Status Session::wait_ready(int index) const {
  const MutexLock lock(state_.mutex);
  while (state_.readiness(index) == Readiness::pending) state_.changed.wait(state_.mutex);
  if (state_.readiness(index) == Readiness::ready) return absl::OkStatus();
  if (state_.removed) return fault_error(Fault::not_found, "the session was deleted");
  if (!state_.failure.ok()) return state_.failure;
  return fault_error(Fault::cancelled,
                     state_.stopped_cap
                         ? "the spend cap stopped the session before this segment was made"
                         : "the session was ended before this segment was made");
}

absl::StatusOr<ReadySegment> Session::ready_segment(int index) const {
  const MutexLock lock(state_.mutex);
  FOCUS_RETURN_IF_ERROR(check_index(*state_.plan, index));
  if (state_.removed) {
    return not_found("index",
                     absl::StrCat("segment ", index, " has gone: the session was deleted"));
  }
  if (!state_.board.is_ready(index)) {
    return not_ready("index",
                     absl::StrCat("segment ", index,
                                  state_.ended ? " was not made before the session was ended"
                                               : " is not ready yet; wait for its event"));
  }
  ReadySegment segment;
  segment.record = state_.board.record(index);
  segment.audio = state_.board.audio(index);
  segment.plan = state_.plan;
  segment.changes = static_cast<int>(state_.history.size());
  segment.heard_frames = std::min(
      segment.record->frames, state_.plan->length_frames(index, state_.started_with().sample_rate));
  return segment;
}

absl::StatusOr<std::unique_ptr<store::SegmentReader>> Session::open_segment(int index) const {
  FOCUS_ASSIGN_OR_RETURN(const ReadySegment segment, ready_segment(index));
  return open_segment(segment);
}

absl::StatusOr<std::unique_ptr<store::SegmentReader>> Session::open_segment(
    const ReadySegment& segment) const {
  if (segment.audio) return std::make_unique<store::MemorySegmentReader>(segment.audio);
  return SteadyReader::open(*this, segment.record);
}

absl::StatusOr<std::unique_ptr<store::SegmentReader>> Session::open_once(
    const store::SegmentRecord& record) const {
  FOCUS_RETURN_IF_ERROR(check_whole(record));
  return state_.parts.store->segments().open(id(), record.index);
}

absl::StatusOr<std::shared_ptr<const store::AudioBytes>> Session::open_bytes(
    const ReadySegment& segment) const {
  return state_.parts.store->segments().open_bytes(id(), segment.record->index);
}

void Session::lose_segment(int index, const absl::Status& why) {
  if (readiness(index) != Readiness::ready) return;
  // First in the store, which otherwise takes a claim on the segment for needless.
  // Where that fails, the next claim on it finds it in the store and takes it from there.
  state_.parts.store->segments().forget(id(), index).IgnoreError();
  {
    const MutexLock lock(state_.mutex);
    if (state_.readiness(index) != Readiness::ready) return;
    state_.board.forget(index);
  }
  if (state_.parts.stored) {
    state_.parts.stored->note_removed();
    state_.parts.stored->look_again();
  }
  state_.tell(EventType::trouble, index, why, "made again, since it can not be read: ");
  state_.publish_status();
  state_.ring_work();
}

}  // namespace focus::core::session
