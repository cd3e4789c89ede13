// SPDX-License-Identifier: MIT
#include "session/session.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "plan/planner.h"

namespace focus::core {
namespace {

/// How much further a live listener hears, in hundredths of a second, before a change can come: in
/// this time its first segment is made.
constexpr std::int64_t kChangeLead = 90;
}  // namespace

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

Session::Session(Parts parts, std::vector<SegmentRecord> ready)
    : parts_(std::move(parts)),
      number_(parts_.work->next_number++),
      plan_(parts_.plan),
      history_(parts_.record.history),
      segments_(static_cast<std::size_t>(plan_->segment_count())),
      ended_(parts_.record.ended),
      end_is_kept_(ended_),
      stopped_cap_(parts_.record.stopped_cap),
      spent_micros_(parts_.budget ? parts_.budget->spent_by(id()).settled : 0),
      change_count_(plan_->change_count()) {
  for (SegmentRecord& record : ready) {
    if (record.index < 0 || record.index >= count_locked()) continue;
    Segment& segment = segment_locked(record.index);
    segment.stage = Stage::ready;
    segment.record = std::make_shared<const SegmentRecord>(std::move(record));
  }
  published_ = status_locked();  // nobody else has it yet
}

Session::~Session() { parts_.work->wanted.mark(number_, {}); }

void Session::ring_work() {
  parts_.work->wanted.mark(number_, weak_from_this());
  if (live_listeners_ > 0) parts_.work->overdue.mark(number_, weak_from_this());
}

std::shared_ptr<const Plan> Session::plan() const {
  const std::lock_guard guard(mutex_);
  return plan_;
}

SessionStatus Session::status_locked() const {
  if (stopped_cap_) return SessionStatus::stopped_cap;
  const bool over = ended_ || !failure_.ok() || ready_count_locked() == count_locked();
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
  const std::lock_guard guard(mutex_);
  view.plan = plan_;
  view.record.request = plan_->request();
  view.record.history = history_;
  view.record.ended = ended_;
  view.record.stopped_cap = stopped_cap_;
  view.spent_micros = spent_micros_;
  view.status = status_locked();
  view.ready_count = ready_count_locked();
  view.segments.reserve(segments_.size());
  for (const Segment& segment : segments_) view.segments.push_back(segment.record);
  return view;
}

void Session::cancel_work_locked(int from_index) {
  for (int k = from_index; k < count_locked(); ++k) {
    Segment& segment = segment_locked(k);
    if (segment.claim) segment.claim->cancel.cancel();
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
    if (end_is_kept_) return absl::OkStatus();
    ended_ = true;
    cancel_work_locked(0);
  }
  changed_.notify_all();
  ring_work();
  publish_status();
  FOCUS_RETURN_IF_ERROR(parts_.store->set_ended(id()));
  const std::lock_guard guard(mutex_);
  end_is_kept_ = true;
  return absl::OkStatus();
}

std::int64_t Session::earliest_change_locked(std::optional<double> at_seconds) const {
  std::int64_t earliest =
      at_seconds ? std::llround(std::clamp(*at_seconds, 0.0, plan_->played_seconds()) * 100.0) : 0;
  if (const auto foremost = listeners_.foremost()) {
    const std::int64_t rate = request().sample_rate;
    const std::int64_t heard = (foremost->frame * 100 + rate - 1) / rate;
    earliest = std::max(earliest, heard + (foremost->hears_live ? kChangeLead : 0));
  } else if (!at_seconds) {
    const int open = std::min(ready_count_locked(), count_locked() - 1);
    earliest = std::llround(plan_->start_seconds(open) * 100.0);
  }
  return earliest;
}

absl::StatusOr<std::int64_t> Session::steer(const Steering& steering,
                                            std::optional<double> at_seconds) {
  if (steering.empty()) {
    return invalid_field("steering", "changes nothing; set at least one of its fields");
  }
  const std::lock_guard one_at_a_time(steering_);
  std::shared_ptr<const Plan> before;
  Change change{steering, 0};
  {
    const std::lock_guard guard(mutex_);
    if (ended_ || stopped_cap_) {
      return invalid_field("session", stopped_cap_
                                          ? "was stopped by the spend cap; start another one"
                                          : "was ended; start another one");
    }
    before = plan_;
    change.from = before->cut_after(earliest_change_locked(at_seconds), steering);
  }
  FOCUS_RETURN_IF_ERROR(before->check_change(change));
  auto after = std::make_shared<const Plan>(steered(*before, change));
  const int first = after->first_changed();
  const double longest = after->longest_seconds(first);
  FOCUS_RETURN_IF_ERROR(check_length(engine().info(), longest, "engine"));
  FOCUS_RETURN_IF_ERROR(check_length(fallback().info(), longest, "fallback"));
  {
    const std::lock_guard guard(mutex_);
    FOCUS_RETURN_IF_ERROR(
        parts_.store->add_change(id(), change, first, [&] { cancel_work_locked(first); }));
    segments_.resize(static_cast<std::size_t>(first));
    segments_.resize(static_cast<std::size_t>(after->segment_count()));
    plan_ = std::move(after);
    history_.push_back(change);
    if (refused_ && refused_->segment >= first) refused_.reset();
    change_count_.store(plan_->change_count(), std::memory_order_release);
  }
  touch();
  changed_.notify_all();
  ring_work();
  events_.add({EventType::steered, first, absl::OkStatus(), ""});
  publish_status();
  return change.from;
}

void Session::add_user() {
  {
    const std::lock_guard guard(mutex_);
    // Opened anew after a failure, it tries again.
    if (users_++ == 0) failure_ = absl::OkStatus();
  }
  ring_work();
}

void Session::remove_user() {
  {
    const std::lock_guard guard(mutex_);
    if (--users_ > 0) return;
    cancel_work_locked(0);
    const bool released = parts_.store->release(id());
    for (Segment& segment : segments_) {
      if (segment.stage != Stage::ready || !(released || segment.audio)) continue;
      segment = Segment();
    }
    if (released) kept_from_ = 0;
  }
  ring_work();
}

int Session::add_listener(Listeners::Kind kind) {
  int number = 0;
  {
    const std::lock_guard guard(mutex_);
    number = listeners_.add(kind);
    live_listeners_ = listeners_.live_count();
    follow_listeners_locked();
  }
  ring_work();
  return number;
}

void Session::move_listener(int listener, const Hearing& hearing) {
  bool rings = false;
  {
    const std::lock_guard guard(mutex_);
    const int was = listeners_.hindmost();
    listeners_.move(listener, hearing);
    const bool may_be_overdue =
        hearing.missing >= 0 && (hearing.late || hearing.lasts_seconds < kMayBeOverdue);
    rings = may_be_overdue || listeners_.hindmost() != was;
    follow_listeners_locked();
  }
  if (rings) ring_work();
}

void Session::send_listener(int listener, int segment, std::int64_t frame) {
  {
    const std::lock_guard guard(mutex_);
    listeners_.send(listener, segment, frame);
    follow_listeners_locked();
  }
  ring_work();
}

void Session::remove_listener(int listener) {
  {
    const std::lock_guard guard(mutex_);
    listeners_.remove(listener);
    live_listeners_ = listeners_.live_count();
    follow_listeners_locked();
  }
  ring_work();
}

void Session::note_fetched(int index) {
  {
    const std::lock_guard guard(mutex_);
    if (!listeners_.note_fetched(std::min(index, count_locked() - 1))) return;
    follow_listeners_locked();
  }
  ring_work();
}

void Session::follow_listeners_locked() {
  const int playhead = std::min(listeners_.hindmost(), count_locked());
  for (int k = 0; k < playhead; ++k) {
    Segment& segment = segment_locked(k);
    if (segment.audio) segment = Segment();  // heard; the store never had it
  }
  if (playhead >= kept_from_) {
    if (parts_.store->drop_before(id(), playhead) > 0) kept_from_ = playhead;
    return;
  }
  // A listener begins again before what a bounded store has kept: those segments are made again,
  // the same, since a segment is a function of its brief.
  for (int k = playhead; k < std::min(kept_from_, count_locked()); ++k) {
    Segment& segment = segment_locked(k);
    if (segment.stage == Stage::ready) segment = Segment();
  }
  kept_from_ = playhead;
}

Session::Readiness Session::readiness_locked(int index) const {
  if (index >= count_locked()) return Readiness::never;
  if (segment_locked(index).stage == Stage::ready) return Readiness::ready;
  return is_over_locked() ? Readiness::never : Readiness::pending;
}

Session::Readiness Session::readiness(int index) const {
  const std::lock_guard guard(mutex_);
  return readiness_locked(index);
}

Session::Readiness Session::await(int index) const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return readiness_locked(index) != Readiness::pending; });
  return readiness_locked(index);
}

absl::Status Session::wait_ready(int index) const {
  if (await(index) == Readiness::ready) return absl::OkStatus();
  const std::lock_guard guard(mutex_);
  if (removed_) return absl::NotFoundError("the session was deleted");
  if (!failure_.ok()) return failure_;
  return absl::CancelledError(stopped_cap_
                                  ? "the spend cap stopped the session before this segment was made"
                                  : "the session was ended before this segment was made");
}

}  // namespace focus::core
