// SPDX-License-Identifier: MIT
#include "session/session.h"

#include <algorithm>
#include <limits>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core {

std::string_view name_of(SessionStatus status) {
  switch (status) {
    case SessionStatus::active:
      return "active";
    case SessionStatus::stopped_cap:
      return "stopped_cap";
    case SessionStatus::ended:
      break;
  }
  return "ended";
}

Session::Session(Parts parts)
    : parts_(std::move(parts)),
      segments_(static_cast<std::size_t>(parts_.plan->segment_count())),
      ended_(parts_.record.ended) {
  for (const SegmentRecord& record : parts_.ready) {
    if (record.index < 0 || record.index >= parts_.plan->segment_count()) continue;
    Segment& segment = segments_[static_cast<std::size_t>(record.index)];
    segment.stage = Stage::ready;
    segment.record = record;
  }
  published_ = status_locked();  // nobody else has it yet
}

SessionStatus Session::status_locked() const {
  const bool over =
      ended_ || !failure_.ok() || ready_count_locked() == static_cast<int>(segments_.size());
  return over ? SessionStatus::ended : SessionStatus::active;
}

int Session::ready_count_locked() const {
  const auto hole = std::find_if(segments_.begin(), segments_.end(),
                                 [](const Segment& s) { return s.stage != Stage::ready; });
  return static_cast<int>(hole - segments_.begin());
}

SessionView Session::view() const {
  SessionView view;
  view.record = parts_.record;
  view.plan = parts_.plan;
  const std::lock_guard guard(mutex_);
  view.record.ended = ended_;
  view.status = status_locked();
  view.ready_count = ready_count_locked();
  view.segments.reserve(segments_.size());
  for (const Segment& segment : segments_) {
    view.segments.push_back(segment.stage == Stage::ready ? std::optional(segment.record)
                                                          : std::nullopt);
  }
  return view;
}

void Session::cancel_work_locked() {
  for (Segment& segment : segments_) {
    if (segment.stage == Stage::in_flight) segment.cancel.cancel();
  }
}

/// Says so when the status is no longer what was said last.
void Session::publish_status() {
  SessionStatus status;
  {
    const std::lock_guard guard(mutex_);
    status = status_locked();
    if (status == published_) return;
    published_ = status;
  }
  events_.add({EventType::status_changed, -1, absl::OkStatus(), std::string(name_of(status))});
}

absl::Status Session::end() {
  {
    const std::lock_guard guard(mutex_);
    if (ended_) return absl::OkStatus();
    ended_ = true;
    cancel_work_locked();
  }
  changed_.notify_all();
  parts_.work->ring();
  publish_status();
  return parts_.store->set_ended(id());
}

void Session::add_user() {
  {
    const std::lock_guard guard(mutex_);
    // Opened anew after a failure, it tries again.
    if (users_++ == 0) failure_ = absl::OkStatus();
  }
  parts_.work->ring();
}

void Session::remove_user() {
  {
    const std::lock_guard guard(mutex_);
    if (--users_ > 0) return;
    cancel_work_locked();
    if (parts_.store->release(id())) {
      for (Segment& segment : segments_) {
        if (segment.stage == Stage::ready) segment.stage = Stage::planned;
      }
      kept_from_ = 0;
    }
  }
  parts_.work->ring();
}

int Session::add_listener() {
  int number = 0;
  {
    const std::lock_guard guard(mutex_);
    number = next_listener_++;
    listeners_[number] = 0;
    follow_listeners_locked();
  }
  parts_.work->ring();
  return number;
}

void Session::move_listener(int listener, int index) {
  {
    const std::lock_guard guard(mutex_);
    listeners_[listener] = index;
    follow_listeners_locked();
  }
  parts_.work->ring();
}

void Session::remove_listener(int listener) {
  {
    const std::lock_guard guard(mutex_);
    listeners_.erase(listener);
    follow_listeners_locked();
  }
  parts_.work->ring();
}

int Session::hindmost_listener_locked() const {
  int hindmost = std::numeric_limits<int>::max();
  for (const auto& [number, index] : listeners_) hindmost = std::min(hindmost, index);
  return listeners_.empty() ? playhead_ : hindmost;
}

void Session::follow_listeners_locked() {
  playhead_ = hindmost_listener_locked();
  if (playhead_ >= kept_from_) {
    if (parts_.store->drop_before(id(), playhead_) > 0) kept_from_ = playhead_;
    return;
  }
  // A listener begins again before what a bounded store has kept: those segments are made again,
  // the same, since a segment is a function of its brief.
  for (int k = playhead_; k < kept_from_; ++k) {
    Segment& segment = segments_[static_cast<std::size_t>(k)];
    if (segment.stage == Stage::ready) segment.stage = Stage::planned;
  }
  kept_from_ = playhead_;
}

Session::Readiness Session::readiness(int index) const {
  const std::lock_guard guard(mutex_);
  if (segments_[static_cast<std::size_t>(index)].stage == Stage::ready) return Readiness::ready;
  return ended_ || !failure_.ok() ? Readiness::never : Readiness::pending;
}

absl::Status Session::wait_ready(int index) {
  std::unique_lock lock(mutex_);
  const Segment& segment = segments_[static_cast<std::size_t>(index)];
  changed_.wait(lock, [&] { return segment.stage == Stage::ready || ended_ || !failure_.ok(); });
  if (segment.stage == Stage::ready) return absl::OkStatus();
  if (!failure_.ok()) return failure_;
  return absl::CancelledError("the session was ended before this segment was made");
}

absl::Status Session::check_index(int index) const {
  if (index >= 0 && index < plan().segment_count()) return absl::OkStatus();
  return with_field(absl::NotFoundError(absl::StrCat("index: no segment ", index, "; there are ",
                                                     plan().segment_count())),
                    "index");
}

std::string Session::path_of(int index) const {
  const std::lock_guard guard(mutex_);
  return segments_[static_cast<std::size_t>(index)].record.path;
}

bool Session::played_by_fallback(int index) const {
  const std::lock_guard guard(mutex_);
  return segments_[static_cast<std::size_t>(index)].record.fallback;
}

absl::StatusOr<std::unique_ptr<SegmentReader>> Session::open_segment(int index) {
  FOCUS_RETURN_IF_ERROR(check_index(index));
  if (readiness(index) != Readiness::ready) {
    return with_field(absl::FailedPreconditionError(absl::StrCat(
                          "index: segment ", index, " is not ready yet; wait for its event")),
                      "index");
  }
  return parts_.store->open_segment(id(), index);
}

int Session::look_ahead() const {
  const int all = static_cast<int>(segments_.size());
  const int asked = request().look_ahead.value_or(all);
  const int bound = parts_.store->look_ahead_bound().value_or(all);
  return std::min(asked, bound);
}

std::vector<Session::Pending> Session::pending(std::size_t limit) const {
  std::vector<Pending> found;
  const std::lock_guard guard(mutex_);
  if (ended_ || !failure_.ok() || users_ == 0) return found;
  std::vector<int> starts;
  for (const auto& [number, index] : listeners_) starts.push_back(index);
  if (starts.empty()) starts.push_back(playhead_);
  std::sort(starts.begin(), starts.end());

  const bool in_order = engine().info().continues_previous;
  std::size_t nearest = 0;  // the last listener at or before segment k: it needs k first
  for (int k = starts.front(); k < static_cast<int>(segments_.size()); ++k) {
    while (nearest + 1 < starts.size() && starts[nearest + 1] <= k) ++nearest;
    const bool wanted = k - starts[nearest] <= look_ahead();
    if (!wanted && nearest + 1 == starts.size()) break;
    const Stage stage = segments_[static_cast<std::size_t>(k)].stage;
    if (wanted && stage == Stage::planned) {
      found.push_back({k, plan().start_seconds(k) - plan().start_seconds(starts[nearest])});
      // One listener needs its segments in their order.
      if (starts.size() == 1 && found.size() == limit) return found;
    }
    if (in_order && stage != Stage::ready) break;
  }
  std::stable_sort(found.begin(), found.end(), [](const Pending& a, const Pending& b) {
    return a.needed_in_seconds < b.needed_in_seconds;
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

std::optional<Session::Claim> Session::claim(int index) {
  const std::lock_guard guard(mutex_);
  Segment& segment = segments_[static_cast<std::size_t>(index)];
  if (ended_ || users_ == 0 || segment.stage != Stage::planned) return std::nullopt;
  segment.stage = Stage::in_flight;
  segment.cancel = CancelToken();
  return Claim{index, segment.cancel};
}

void Session::complete(int index, absl::StatusOr<SegmentRecord> result) {
  {
    const std::lock_guard guard(mutex_);
    Segment& segment = segments_[static_cast<std::size_t>(index)];
    if (result.ok()) {
      segment.stage = Stage::ready;
      segment.record = *result;
    } else {
      segment.stage = Stage::planned;
      if (!absl::IsCancelled(result.status()) && failure_.ok()) {
        failure_ = result.status();
        cancel_work_locked();
      }
    }
  }
  changed_.notify_all();
  if (result.ok()) {
    events_.add({EventType::segment_ready, index, absl::OkStatus(), ""});
  } else if (!absl::IsCancelled(result.status())) {
    events_.add({EventType::segment_failed, index, result.status(),
                 std::string(result.status().message())});
  }
  publish_status();
}

}  // namespace focus::core
