// SPDX-License-Identifier: MIT
#include "session/steer.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include <absl/types/span.h>

#include "base/error.h"
#include "engines/scenery.h"
#include "plan/planner.h"
#include "session/replay.h"

namespace focus::core::session {
namespace {

/// How much further a live listener hears, in hundredths of a second, before a change can come: in
/// this time its first segment is made.
constexpr std::int64_t kChangeLead = 90;
/// How often a change is proposed, or a session read, when another caller changes the session
/// meanwhile. Each time that caller has got on, so this is reached only where the store lies.
constexpr int kTries = 100;

/// A change, and the plan it was proposed for.
struct Proposal {
  std::shared_ptr<const plan::Plan> before;
  std::size_t changes = 0;  // that the session had then
  plan::Change change;
};

std::int64_t earliest_change(const SessionState& state, std::optional<double> at_seconds)
    ABSL_EXCLUSIVE_LOCKS_REQUIRED(state.mutex) {
  const plan::Plan& plan = *state.plan;
  std::int64_t earliest =
      at_seconds ? std::llround(std::clamp(*at_seconds, 0.0, plan.played_seconds()) * 100.0) : 0;
  if (const auto foremost = state.listeners.foremost()) {
    const std::int64_t rate = state.started_with().sample_rate;
    const std::int64_t heard = (foremost->frame * 100 + rate - 1) / rate;
    earliest = std::max(earliest, heard + (foremost->hears_live ? kChangeLead : 0));
  } else if (!at_seconds) {
    const int open = std::min(state.board.ready_count(), state.board.count() - 1);
    earliest = std::llround(plan.start_seconds(open) * 100.0);
  }
  return earliest;
}

absl::StatusOr<Proposal> propose(const SessionState& state, const plan::Steering& steering,
                                 std::optional<double> at_seconds) {
  const MutexLock lock(state.mutex);
  if (state.ended || state.stopped_cap) {
    return invalid_field("session", state.stopped_cap
                                        ? "was stopped by the spend cap; start another one"
                                        : "was ended; start another one");
  }
  Proposal proposal{state.plan, state.history.size(), {steering, 0}};
  proposal.change.from = state.plan->cut_after(earliest_change(state, at_seconds), steering);
  return proposal;
}

/// Goes on with a plan that `added` changes have led to, which follow the first `known` of the
/// session's history. Does nothing where the session has gone on meanwhile.
void adopt(SessionState& state, std::shared_ptr<const plan::Plan> plan, std::size_t known,
           absl::Span<const plan::Change> added) {
  int first = 0;
  {
    const MutexLock lock(state.mutex);
    if (state.history.size() != known) return;
    // What may fail comes first, so that the session has either plan as a whole.
    std::vector<plan::Change> history = state.history;
    history.insert(history.end(), added.begin(), added.end());
    first = plan->kept_since(state.plan->change_count());
    state.board.reserve(plan->segment_count());
    state.history = std::move(history);
    state.plan = std::move(plan);
    state.board.replan(first, state.plan->segment_count());
    if (state.refused && state.refused->segment >= first) state.refused.reset();
    state.change_count.store(state.plan->change_count(), std::memory_order_release);
  }
  state.changed.notify_all();
  state.ring_work();
  state.tell(EventType::steered, first, absl::OkStatus());
  state.publish_status();
}

/// A session and its segments as the store had them at one moment.
struct Stored {
  store::SessionRecord record;
  std::vector<store::SegmentRecord> ready;
};
absl::StatusOr<Stored> read_stored(SessionState& state) {
  store::Store& store = *state.parts.store;
  for (int tries = 1;; ++tries) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t revision, store.sessions().revision(state.id()));
    Stored stored;
    FOCUS_ASSIGN_OR_RETURN(stored.record, store.sessions().find(state.id()));
    FOCUS_ASSIGN_OR_RETURN(stored.ready, store.segments().list(state.id()));
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t now, store.sessions().revision(state.id()));
    if (now == revision) return stored;
    if (tries == kTries) return conflict("session", "is being changed; try again");
  }
}

}  // namespace

absl::StatusOr<std::int64_t> steer(SessionState& state, const plan::Steering& steering,
                                   std::optional<double> at_seconds) {
  if (steering.empty()) {
    return invalid_field("steering", "changes nothing; set at least one of its fields");
  }
  const SessionParts& parts = state.parts;
  for (int tries = 1;; ++tries) {
    FOCUS_ASSIGN_OR_RETURN(const Proposal proposal, propose(state, steering, at_seconds));
    FOCUS_RETURN_IF_ERROR(proposal.before->check_change(proposal.change));
    auto after = std::make_shared<const plan::Plan>(steered(*proposal.before, proposal.change));
    const int first = after->first_changed();
    const double longest = after->longest_seconds(first);
    FOCUS_RETURN_IF_ERROR(engines::check_scenes(after->request()));
    FOCUS_RETURN_IF_ERROR(check_length(parts.engine->info(), longest, "engine"));
    FOCUS_RETURN_IF_ERROR(check_length(parts.fallback->info(), longest, "fallback"));
    // The store decides who comes first. From here on it refuses segments of the plan before, so
    // none of them can become ready in between.
    const absl::Status added = parts.store->sessions().add_change(
        state.id(), static_cast<int>(proposal.changes), proposal.change, first);
    if (added.ok()) {
      adopt(state, std::move(after), proposal.changes, {&proposal.change, 1});
      state.touch();
      if (parts.stored) parts.stored->note_removed();  // what lay behind the change
      if (parts.stored && parts.stored->look_again()) state.ring_work();
      return proposal.change.from;
    }
    if (!has_fault(added, Fault::conflict) || tries == kTries) return added;
    FOCUS_RETURN_IF_ERROR(refresh(state));
  }
}

absl::Status refresh(SessionState& state) {
  auto read = read_stored(state);
  if (is_not_found(read.status())) {
    state.note_removed();
    return absl::OkStatus();
  }
  FOCUS_RETURN_IF_ERROR(read.status());
  store::SessionRecord record = std::move(read->record);
  std::shared_ptr<const plan::Plan> plan;
  std::size_t known = 0;
  {
    const MutexLock lock(state.mutex);
    plan = state.plan;
    known = state.history.size();
  }
  const std::size_t changes = record.history.size();
  if (changes > known) {
    plan = replay(std::move(plan), record.history, known);
    adopt(state, std::move(plan), known, absl::MakeConstSpan(record.history).subspan(known));
  }
  std::vector<Event> found;
  {
    const MutexLock lock(state.mutex);
    state.ended = state.ended || record.ended;
    state.stopped_cap = state.stopped_cap || record.stopped_cap;
    if (state.is_over()) state.board.cancel_work();
    // Segments of a plan that is not today's do not fit; they are seen at the next refresh.
    const bool fits = state.history.size() == changes;
    for (store::SegmentRecord& segment : read->ready) {
      if (!fits || segment.index >= state.board.count() || state.board.is_ready(segment.index)) {
        continue;
      }
      found.push_back(
          {EventType::segment_ready, segment.index, absl::OkStatus(), "", segment.engine});
      state.board.set_ready(std::move(segment));
    }
  }
  state.changed.notify_all();
  for (Event& event : found) state.events.add(std::move(event));
  state.publish_status();
  return absl::OkStatus();
}

}  // namespace focus::core::session
