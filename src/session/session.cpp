// SPDX-License-Identifier: MIT
#include "session/session.h"

#include <algorithm>
#include <cmath>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core {
namespace {

/// How much further a live listener hears, in hundredths of a second, before a change can come: in
/// this time its first segment is made.
constexpr std::int64_t kChangeLead = 90;
/// A live listener hears the fallback where its next segment is missing this long before it runs
/// dry: time enough to make it, for every second of its length a little more.
constexpr double kRescueSeconds = 4.0;
constexpr double kRescuePerSecond = 1.0 / 60.0;
constexpr double kMayBeOverdue = 30.0;
/// How long one that has heard nothing yet waits for the engine it has asked for.
constexpr double kPatienceAtStart = 10.0;
/// Segments ahead of the listener that are made while they have to be kept in memory.
constexpr int kLookAheadWithoutStore = 2;

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

Session::Session(Parts parts)
    : parts_(std::move(parts)),
      plan_(parts_.plan),
      history_(parts_.record.history),
      segments_(static_cast<std::size_t>(plan_->segment_count())),
      ended_(parts_.record.ended),
      change_count_(plan_->change_count()) {
  for (const SegmentRecord& record : parts_.ready) {
    if (record.index < 0 || record.index >= count_locked()) continue;
    Segment& segment = segment_locked(record.index);
    segment.stage = Stage::ready;
    segment.record = record;
  }
  published_ = status_locked();  // nobody else has it yet
}

std::shared_ptr<const Plan> Session::plan() const {
  const std::lock_guard guard(mutex_);
  return plan_;
}

SessionStatus Session::status_locked() const {
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
  view.status = status_locked();
  view.ready_count = ready_count_locked();
  view.segments.reserve(segments_.size());
  for (const Segment& segment : segments_) {
    view.segments.push_back(segment.stage == Stage::ready ? std::optional(segment.record)
                                                          : std::nullopt);
  }
  return view;
}

void Session::cancel_work_locked(int from_index) {
  for (int k = from_index; k < count_locked(); ++k) {
    Segment& segment = segment_locked(k);
    if (segment.stage == Stage::in_flight) segment.claim.cancel.cancel();
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
    cancel_work_locked(0);
  }
  changed_.notify_all();
  parts_.work->ring();
  publish_status();
  return parts_.store->set_ended(id());
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
    if (ended_) {
      return invalid_field("session", "was ended; start another one");
    }
    before = plan_;
    change.from = before->cut_after(earliest_change_locked(at_seconds), steering);
  }
  FOCUS_RETURN_IF_ERROR(before->check_change(change));
  auto after = std::make_shared<const Plan>(before, change);
  const int first = after->first_changed();
  {
    const std::lock_guard guard(mutex_);
    FOCUS_RETURN_IF_ERROR(
        parts_.store->add_change(id(), change, first, [&] { cancel_work_locked(first); }));
    segments_.resize(static_cast<std::size_t>(first));
    segments_.resize(static_cast<std::size_t>(after->segment_count()));
    plan_ = std::move(after);
    history_.push_back(change);
    change_count_.store(plan_->change_count(), std::memory_order_release);
  }
  touch();
  changed_.notify_all();
  parts_.work->ring();
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
  parts_.work->ring();
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
  parts_.work->ring();
}

int Session::add_listener(Listeners::Kind kind) {
  int number = 0;
  {
    const std::lock_guard guard(mutex_);
    number = listeners_.add(kind);
    follow_listeners_locked();
  }
  parts_.work->ring();
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
  if (rings) parts_.work->ring();
}

void Session::send_listener(int listener, int segment, std::int64_t frame) {
  {
    const std::lock_guard guard(mutex_);
    listeners_.send(listener, segment, frame);
    follow_listeners_locked();
  }
  parts_.work->ring();
}

void Session::remove_listener(int listener) {
  {
    const std::lock_guard guard(mutex_);
    listeners_.remove(listener);
    follow_listeners_locked();
  }
  parts_.work->ring();
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
    if (segment.stage == Stage::ready) segment.stage = Stage::planned;
  }
  kept_from_ = playhead;
}

Session::Readiness Session::readiness_locked(int index) const {
  if (index >= count_locked()) return Readiness::never;
  if (segment_locked(index).stage == Stage::ready) return Readiness::ready;
  return ended_ || !failure_.ok() ? Readiness::never : Readiness::pending;
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
  if (!failure_.ok()) return failure_;
  return absl::CancelledError("the session was ended before this segment was made");
}

int Session::look_ahead_locked() const {
  const int all = count_locked();
  const int asked = request().look_ahead.value_or(all);
  const int bound = parts_.store->look_ahead_bound().value_or(all);
  return std::min({asked, bound, store_is_full_ ? kLookAheadWithoutStore : all});
}

std::vector<Session::Pending> Session::pending(std::size_t limit) const {
  std::vector<Pending> found;
  const std::lock_guard guard(mutex_);
  if (ended_ || !failure_.ok() || users_ == 0) return found;
  // What a listener is about to need comes whatever the look-ahead is.
  for (const Listeners::Missing& missing : listeners_.missing()) {
    const int k = missing.segment;
    if (k >= count_locked() || (missing.lasts_seconds > kMayBeOverdue && !missing.late)) continue;
    if (segment_locked(k).stage != Stage::planned) continue;
    found.push_back({k, missing.late ? 0.0 : std::max(missing.lasts_seconds, 0.0)});
  }
  const auto is_found = [&](int k) {
    return std::any_of(found.begin(), found.end(), [k](const Pending& p) { return p.index == k; });
  };
  const std::vector<int> starts = listeners_.segments();
  const int look_ahead = look_ahead_locked();
  const bool in_order = engine().info().continues_previous;
  std::size_t nearest = 0;  // the last listener at or before segment k: it needs k first
  for (int k = starts.front(); k < count_locked(); ++k) {
    while (nearest + 1 < starts.size() && starts[nearest + 1] <= k) ++nearest;
    const bool wanted = k - starts[nearest] <= look_ahead;
    if (!wanted && nearest + 1 == starts.size()) break;
    const Stage stage = segment_locked(k).stage;
    if (wanted && stage == Stage::planned && !is_found(k)) {
      const int heard = std::min(starts[nearest], count_locked() - 1);
      found.push_back({k, plan_->start_seconds(k) - plan_->start_seconds(heard)});
      // One listener needs its segments in their order.
      if (starts.size() == 1 && found.size() == limit) return found;
    }
    if (in_order && stage != Stage::ready) break;
  }
  // What lies behind all listeners comes last, where everything is kept.
  const bool keeps_all = !parts_.store->look_ahead_bound() && !request().look_ahead;
  for (int k = 0; keeps_all && !in_order && k < std::min(starts.front(), count_locked()); ++k) {
    if (segment_locked(k).stage != Stage::planned || is_found(k)) continue;
    found.push_back({k, plan_->played_seconds() + plan_->start_seconds(k)});
    if (found.size() > limit) break;
  }
  std::stable_sort(found.begin(), found.end(), [](const Pending& a, const Pending& b) {
    return a.needed_in_seconds < b.needed_in_seconds;
  });
  if (found.size() > limit) found.resize(limit);
  return found;
}

Session::Claim Session::claim_locked(int index, const std::shared_ptr<const MusicEngine>& engine) {
  Segment& segment = segment_locked(index);
  segment.stage = Stage::in_flight;
  segment.claim =
      Claim{index, next_claim_++, plan_, engine, engine != parts_.engine, CancelToken()};
  return segment.claim;
}

std::optional<Session::Claim> Session::claim(int index) {
  const std::lock_guard guard(mutex_);
  if (ended_ || users_ == 0 || index >= count_locked()) return std::nullopt;
  if (segment_locked(index).stage != Stage::planned) return std::nullopt;
  return claim_locked(index, parts_.engine);
}

std::optional<Session::Claim> Session::claim_overdue(double now) {
  const std::lock_guard guard(mutex_);
  if (ended_ || !failure_.ok() || users_ == 0) return std::nullopt;
  for (const Listeners::Missing& missing : listeners_.missing()) {
    const int index = missing.segment;
    if (missing.kind != Listeners::Kind::live) continue;
    if (index >= count_locked() || segment_locked(index).stage == Stage::ready) continue;
    const bool fallback_makes_it = segment_locked(index).stage == Stage::in_flight &&
                                   segment_locked(index).claim.engine == parts_.fallback;
    if (fallback_makes_it) continue;
    const double lead = kRescueSeconds + kRescuePerSecond * plan_->length_seconds(index);
    if (missing.lasts_seconds > lead) continue;
    if (!missing.has_begun && parts_.engine != parts_.fallback) {
      if (!missing.waits_since) listeners_.set_waits_since(missing.listener, now);
      if (now - missing.waits_since.value_or(now) < kPatienceAtStart) continue;
    }
    segment_locked(index).claim.cancel.cancel();
    return claim_locked(index, parts_.fallback);
  }
  return std::nullopt;
}

/// Whether the claimed segment is still planned, and nobody else's.
bool Session::holds_locked(const Claim& claim) const {
  if (claim.index >= count_locked()) return false;
  const Segment& segment = segment_locked(claim.index);
  return segment.stage == Stage::in_flight && segment.claim.number == claim.number;
}

void Session::fall_back(const Claim& claim) {
  const std::lock_guard guard(mutex_);
  if (holds_locked(claim)) segment_locked(claim.index).claim.engine = parts_.fallback;
}

absl::StatusOr<SegmentRecord> Session::keep(const Claim& claim, SegmentRecord record,
                                            AudioBuffer audio, std::uint64_t dither_seed) {
  auto kept = parts_.store->put_segment(id(), request().format, record, std::move(audio),
                                        dither_seed, claim.cancel);
  const bool refused = !kept.ok() && !absl::IsCancelled(kept.status());
  if (kept.ok()) touch();
  {
    const std::lock_guard guard(mutex_);
    if (!refused) {
      if (kept.ok()) store_is_full_ = false;
      return kept;
    }
    if (!holds_locked(claim) || !listeners_.any_live()) return kept;
    store_is_full_ = true;
    record.frames = audio.frames();
    record.sample_rate = audio.sample_rate();
    segment_locked(claim.index).audio = std::make_shared<const AudioBuffer>(std::move(audio));
  }
  events_.add({EventType::trouble, claim.index, kept.status(),
               absl::StrCat("kept in memory until it was heard: ", kept.status().message())});
  return record;
}

void Session::complete(const Claim& claim, absl::StatusOr<SegmentRecord> result) {
  {
    const std::lock_guard guard(mutex_);
    // Given to another maker meanwhile, or planned no more.
    if (!holds_locked(claim)) return;
    Segment& segment = segment_locked(claim.index);
    if (result.ok()) {
      segment.stage = Stage::ready;
      segment.record = *result;
    } else {
      segment.stage = Stage::planned;
      if (!absl::IsCancelled(result.status()) && failure_.ok()) {
        failure_ = result.status();
        cancel_work_locked(0);
      }
    }
  }
  changed_.notify_all();
  if (result.ok()) {
    events_.add({EventType::segment_ready, claim.index, absl::OkStatus(), ""});
  } else if (!absl::IsCancelled(result.status())) {
    events_.add({EventType::segment_failed, claim.index, result.status(),
                 std::string(result.status().message())});
  }
  publish_status();
}

}  // namespace focus::core
