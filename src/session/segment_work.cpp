// SPDX-License-Identifier: MIT
#include "session/segment_work.h"

#include <algorithm>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/guarded.h"
#include "session/steer.h"
#include "store/cluster.h"

namespace focus::core::session {
namespace {

/// Segments ahead of the listener that are made while they have to be kept in memory.
constexpr int kLookAheadWithoutStore = 2;
/// Segments ahead of the listener that are made by an engine with a price, where the request does
/// not say.
constexpr int kPricedLookAhead = 3;
constexpr std::int64_t kLeaseMs = std::chrono::milliseconds(SegmentWork::kLease).count();

}  // namespace

// ---- demand

bool SegmentWork::is_priced() const {
  return state_.parts.price_per_minute(*state_.parts.engine) > 0;
}

MakingPolicy SegmentWork::policy_locked(bool priced) const {
  const int all = state_.board.count();
  const std::optional<int>& asked = state_.started_with().look_ahead;
  MakingPolicy policy;
  policy.look_ahead = std::min({asked.value_or(priced ? kPricedLookAhead : all),
                                state_.look_ahead_bound.value_or(all),
                                state_.store_is_full ? kLookAheadWithoutStore : all});
  // A client that has fetched a segment is about to hear it, and needs the one after.
  if (state_.listeners.has_fetched()) policy.look_ahead = std::max(policy.look_ahead, 1);
  policy.keeps_all = !state_.look_ahead_bound && !asked && !priced;
  policy.in_order = state_.parts.engine->info().continues_previous;
  return policy;
}

bool SegmentWork::is_full_locked() const {
  const store::SessionRecord& record = state_.parts.record;
  return state_.parts.stored &&
         state_.parts.stored->full(record.organization, record.caller).has_value();
}

std::vector<Pending> SegmentWork::pending_locked(std::size_t limit) const {
  if (state_.is_over() || state_.money_is_short || state_.users == 0 || is_full_locked()) {
    return {};
  }
  const bool priced = is_priced();
  // Segments are paid for one after the other, in their order: where the money is enough for some
  // of them, it is for the first ones.
  if (priced && state_.board.is_paying()) return {};
  return wanted(state_.board, state_.listeners, *state_.plan, policy_locked(priced), limit);
}

std::vector<Pending> SegmentWork::pending(std::size_t limit) const {
  const MutexLock lock(state_.mutex);
  return pending_locked(limit);
}

bool SegmentWork::is_at_work() const {
  const MutexLock lock(state_.mutex);
  return state_.board.has_work_in_flight() || !pending_locked(1).empty();
}

std::optional<Agenda::Need> SegmentWork::need() const {
  const MutexLock lock(state_.mutex);
  const std::vector<Pending> wanted = pending_locked(kFarEnough);
  if (wanted.empty()) return std::nullopt;
  const engines::MusicEngine& engine = *state_.parts.engine;
  Agenda::Need need;
  need.first = wanted.front().needed_in_seconds;
  need.last = wanted.back().needed_in_seconds;
  need.count = static_cast<int>(wanted.size());
  need.maker = {engine.info().key, engine.info().expected_speed, engine.is_of_host()};
  for (const Pending& one : wanted) need.audio_seconds += state_.plan->length_seconds(one.index);
  need.owner = {state_.parts.record.organization, state_.parts.record.caller};
  need.runs_dry = about_to_miss(state_.listeners, wanted.front().index);
  need.is_heard = wanted.front().index <= state_.listeners.next_of_remote();
  return need;
}

// ---- claims

Claim SegmentWork::take_locked(int index, const std::shared_ptr<const engines::MusicEngine>& engine,
                               double now, const store::NextClaim* claimed) {
  Claim claim;
  claim.index = index;
  claim.since = now;
  claim.plan = state_.plan;
  claim.changes = static_cast<int>(state_.history.size());
  claim.engine = engine;
  claim.stands_in = engine != state_.parts.engine;
  if (claimed != nullptr && claimed->hold != 0) {
    claim.hold = claimed->hold;
    claim.held_micros = state_.parts.piece(*state_.plan, index, *engine).micros;
  }
  claim = state_.board.take(std::move(claim));
  if (claimed != nullptr) {
    claim.shared->epoch = claimed->epoch;
    state_.last_epoch = std::max(state_.last_epoch, claimed->epoch);
  }
  state_.board.begin_paying(claim);
  return claim;
}

std::optional<Claim> SegmentWork::claim(int index, double now) {
  const MutexLock lock(state_.mutex);
  if (state_.is_over() || state_.users == 0 || index >= state_.board.count()) return std::nullopt;
  if (state_.board.stage(index) != Board::Stage::planned) return std::nullopt;
  return take_locked(index, state_.parts.engine, now);
}

std::optional<Claim> SegmentWork::claim_overdue(double now) {
  const std::shared_ptr<const engines::MusicEngine>& rescue = state_.parts.rescue_engine();
  const MutexLock lock(state_.mutex);
  if (state_.is_over() || state_.users == 0) return std::nullopt;
  if (state_.money_is_short && state_.parts.price_per_minute(*rescue) > 0) return std::nullopt;
  const RescueQuestion question{rescue.get(), state_.parts.engine != rescue, now};
  const auto index = overdue(state_.board, state_.listeners, *state_.plan, question);
  if (!index) return std::nullopt;
  if (const Claim* made = state_.board.claim(*index)) CancelToken(made->cancel).cancel();
  return take_locked(*index, rescue, now);
}

void SegmentWork::unclaim(const Claim& claim) noexcept {
  const MutexLock lock(state_.mutex);
  if (state_.board.holds(claim)) state_.board.give_back(claim);
}

absl::Status SegmentWork::begin(const Claim& claim) {
  if (claim.shared->epoch != 0) return absl::OkStatus();  // the store has granted it already
  store::ClaimRequest request;
  request.session_id = state_.id();
  request.index = claim.index;
  request.changes = claim.changes;
  request.node = state_.parts.node;
  request.now = state_.parts.clock->unix_milliseconds();
  request.lease_until = request.now + kLeaseMs;
  request.take_over = true;  // among the workers of this node the board decides
  const auto claimed = state_.parts.store->board().claim(request);
  if (claimed.ok()) {
    claim.shared->epoch = claimed->epoch;
    const MutexLock lock(state_.mutex);
    state_.last_epoch = std::max(state_.last_epoch, claimed->epoch);
    return absl::OkStatus();
  }
  const absl::Status& refused = claimed.status();
  const bool is_outdated = is_not_found(refused) ||
                           (has_fault(refused, Fault::conflict) && field_of(refused) != "claim");
  if (!is_outdated) return refused;
  const absl::Status refreshed = refresh(state_);
  return refreshed.ok() || has_fault(refreshed, Fault::conflict) ? cancelled_error() : refreshed;
}

bool SegmentWork::is_given_up(const absl::Status& status) {
  return is_cancelled(status) || has_fault(status, Fault::conflict);
}

void SegmentWork::extend(const Claim& claim) {
  const std::int64_t epoch = claim.shared->epoch;
  if (epoch == 0) return;
  const std::int64_t until = state_.parts.clock->unix_milliseconds() + kLeaseMs;
  const absl::Status extended =
      state_.parts.store->board().extend(state_.id(), claim.index, epoch, until);
  if (has_fault(extended, Fault::conflict)) CancelToken(claim.cancel).cancel();
}

void SegmentWork::look_again() {
  {
    const MutexLock lock(state_.mutex);
    if (!state_.board.look_again()) return;
  }
  refresh(state_).IgnoreError();  // what can not be read now is looked for again
  state_.ring_work();
}

// ---- money

absl::Status SegmentWork::pay(const Claim& claim, Payment& payment,
                              const engines::MusicEngine& engine) {
  const Budget::Piece piece = state_.parts.piece(*claim.plan, claim.index, engine);
  const bool has_come = payment.is_attached() && &engine == claim.engine.get();
  const absl::Status paid = has_come ? absl::OkStatus() : payment.hold(piece);
  end_paying(claim);
  return paid;
}

void SegmentWork::end_paying(const Claim& claim) {
  {
    const MutexLock lock(state_.mutex);
    if (!state_.board.holds(claim)) return;
    state_.board.end_paying(claim);
  }
  // Only where there is a price does the next segment wait for this one to be paid.
  if (is_priced()) state_.ring_work();
}

absl::Status SegmentWork::settle(Payment& payment) {
  const std::int64_t micros = payment.held_micros();
  if (micros == 0) return absl::OkStatus();
  {
    // First, so that the session never seems to have spent less than the ledger says.
    const MutexLock lock(state_.mutex);
    state_.spent_micros += micros;
  }
  return payment.settle();
}

absl::Status SegmentWork::fall_back(const Claim& claim, Payment& payment,
                                    const std::shared_ptr<const engines::MusicEngine>& next) {
  claim.shared->plays = next.get();
  state_.ring_work();  // others may have waited for the engine that is free now
  return pay(claim, payment, *next);
}

std::vector<Budget::Piece> SegmentWork::next_pieces_locked(
    const std::optional<Budget::Piece>& refused, const Ending& ending) const {
  std::vector<Budget::Piece> pieces;
  if (state_.is_over() || !state_.parts.budget || state_.board.has_work_in_flight(ending.claim)) {
    return pieces;
  }
  // The piece whose claim ends is planned again, unless it was made.
  const bool is_ending = ending.claim != nullptr && state_.board.holds(*ending.claim);
  const std::optional<int> ends = is_ending ? std::optional(ending.claim->index) : std::nullopt;
  if (refused && refused->segment < state_.board.count()) {
    const bool is_planned = refused->segment == ends
                                ? !ending.is_made
                                : state_.board.stage(refused->segment) == Board::Stage::planned;
    if (is_planned) pieces.push_back(*refused);
  }
  const int next = state_.board.ready_count(ending.is_made ? ends : std::nullopt);
  if (next < state_.board.count()) {
    pieces.push_back(state_.parts.piece(*state_.plan, next, *state_.parts.engine));
  }
  std::erase_if(pieces, [](const Budget::Piece& piece) { return piece.micros == 0; });
  return pieces;
}

std::vector<Budget::Piece> SegmentWork::pieces_over_cap(const std::optional<Budget::Piece>& refused,
                                                        const Ending& ending) {
  std::vector<Budget::Piece> pieces;
  {
    const MutexLock lock(state_.mutex);
    // A node that only makes a segment for others may not know all that is ready: they stop it.
    if (state_.users == 0 && state_.parts.store->cluster() != nullptr) return {};
    pieces = next_pieces_locked(refused ? refused : state_.refused, ending);
  }
  if (!passes_a_cap(pieces)) return {};
  if (state_.parts.store->cluster() == nullptr) return pieces;
  if (!knows_all_work()) return {};
  {
    const MutexLock lock(state_.mutex);
    pieces = next_pieces_locked(refused ? refused : state_.refused, ending);
  }
  if (!passes_a_cap(pieces)) pieces.clear();
  return pieces;
}

/// Whether they are still what has to be paid next. Where there is no memory to find out, the
/// session goes on and stops at the next occasion.
bool SegmentWork::stops_at(const std::vector<Budget::Piece>& pieces) const noexcept {
  if (pieces.empty()) return false;
  try {
    return next_pieces_locked(state_.refused) == pieces;
  } catch (...) {
    return false;
  }
}

bool SegmentWork::passes_a_cap(const std::vector<Budget::Piece>& pieces) const {
  return std::any_of(pieces.begin(), pieces.end(), [this](const Budget::Piece& piece) {
    return state_.parts.budget->foresee(piece) == Budget::Answer::over;
  });
}

void SegmentWork::stop_at_cap() {
  std::vector<Budget::Piece> pieces;
  {
    const MutexLock lock(state_.mutex);
    pieces = next_pieces_locked(state_.refused);
  }
  if (!passes_a_cap(pieces) || !knows_all_work()) return;
  {
    const MutexLock lock(state_.mutex);
    if (next_pieces_locked(state_.refused) != pieces) return;  // something else is next by now
    state_.stopped_cap = true;
  }
  write_stop();
}

void SegmentWork::write_stop() noexcept {
  state_.changed.notify_all();
  state_.publish_status();
  // Where this can not be written the session stops again when it is opened again: the money is
  // gone.
  const absl::Status written = caught("noting that the session has stopped", [this] {
    return state_.parts.store->sessions().set_stopped_cap(state_.id());
  });
  if (!written.ok()) state_.tell(EventType::trouble, -1, written);
}

void SegmentWork::money_moved() noexcept {
  {
    const MutexLock lock(state_.mutex);
    state_.money_is_short = false;
  }
  state_.ring_work();
}

// ---- results

bool SegmentWork::is_passing(const absl::Status& status) {
  if (status.ok()) return false;
  switch (fault_of(status)) {
    case Fault::memory:
    case Fault::io:
    case Fault::unavailable:
    case Fault::file_missing:  // a folder or file of the store's own
    case Fault::internal:      // an encoder says no more than that it has failed
      return true;
    default:
      return false;
  }
}

absl::StatusOr<store::SegmentRecord> SegmentWork::keep(const Claim& claim,
                                                       store::SegmentRecord record,
                                                       audio::AudioBuffer&& audio,
                                                       const audio::AudioFileOptions& options,
                                                       bool tries_again) {
  record.frames = audio.frames();
  record.sample_rate = audio.sample_rate();
  const auto kept = caught("keeping a segment", [&]() -> absl::StatusOr<store::SegmentRecord> {
    if (claim.shared->epoch == 0) FOCUS_RETURN_IF_ERROR(begin(claim));
    return state_.parts.store->segments().put(state_.id(), claim.shared->epoch,
                                              state_.started_with().format, record,
                                              std::move(audio), options, claim.cancel);
  });
  if (kept.ok()) {
    state_.touch();
    without_throwing([&] { count_stored(*kept); });
    const MutexLock lock(state_.mutex);
    state_.store_is_full = false;
    return kept;
  }
  const absl::Status trouble = kept.status();
  if (is_given_up(trouble)) return trouble;
  if (is_not_found(trouble)) {  // the session was removed
    state_.note_removed();
    return cancelled_error();
  }
  if (tries_again && is_passing(trouble)) {
    claim.shared->epoch = 0;  // the store may have ended the claim: the next try claims it again
    return trouble;
  }
  auto held = std::make_shared<audio::AudioBuffer>();
  {
    const MutexLock lock(state_.mutex);
    if (!state_.board.holds(claim) || state_.listeners.live_count() == 0) return trouble;
    *held = std::move(audio);
    state_.store_is_full = true;
    state_.board.keep_in_memory(claim, std::move(held));
  }
  without_throwing([&] { give_up(claim); });
  state_.tell(EventType::trouble, claim.index, trouble, "kept in memory until it was heard: ");
  return record;
}

void SegmentWork::count_stored(const store::SegmentRecord& kept) {
  if (!state_.parts.stored) return;
  const store::SessionRecord& record = state_.parts.record;
  const auto full = [&] { return state_.parts.stored->full(record.organization, record.caller); };
  const bool was_full = full().has_value();
  state_.parts.stored->add(record.organization, record.caller, kept.bytes);
  const std::optional<std::string> reached = full();
  if (was_full || !reached) return;
  state_.events.add({EventType::trouble, kept.index, absl::OkStatus(),
                     absl::StrCat("nothing more is made now: ", *reached)});
}

/// Ends the claim in the store, where it has one: the next claim finds the segment free.
void SegmentWork::give_up(const Claim& claim) {
  const std::int64_t epoch = claim.shared->epoch;
  if (epoch == 0) return;
  state_.parts.store->board().give_up(state_.id(), claim.index, epoch).IgnoreError();
}

void SegmentWork::complete(const Claim& claim, Payment& payment,
                           absl::StatusOr<store::SegmentRecord> result) noexcept {
  // A hold that can not be erased from the ledger counts again after a restart: too much, never too
  // little.
  without_throwing([&] { payment.release().IgnoreError(); });
  std::shared_ptr<const store::SegmentRecord> record;
  std::string engine;
  const absl::Status status = result.status();
  if (status.ok()) {
    without_throwing([&] { engine = result->engine; });
    // In the claim's own memory: a segment that was made is not lost where there is none now.
    claim.shared->record = *std::move(result);
    record = {claim.shared, &claim.shared->record};
  }
  if (!status.ok()) without_throwing([&] { give_up(claim); });  // before it is planned again
  // Work that was given up fails nothing, least of all a session that was opened again meanwhile.
  // For somebody who listens live, what may pass is tried again without end. So it is in a cluster,
  // where another node may be well, and a database that is away comes back.
  const bool is_wanted = !status.ok() && !is_given_up(status) && !claim.cancel.cancelled();
  const bool is_shared = state_.parts.store->cluster() != nullptr;
  const bool goes_on = is_wanted && is_passing(status) && (is_shared || is_heard_live());
  const bool fails = is_wanted && !goes_on;
  const bool is_elsewhere =
      has_fault(status, Fault::conflict) && field_of(status) == "claim" && claim.shared->epoch == 0;
  const bool is_refused = payment.refused().has_value();
  std::optional<Budget::Piece> refused;
  without_throwing([&] { refused = payment.refused(); });

  // The cap is judged before the segment shows as ready: a caller that has waited for it finds the
  // session stopped where the next segment can not be paid.
  std::vector<Budget::Piece> over_cap;
  without_throwing([&] { over_cap = pieces_over_cap(refused, {&claim, status.ok()}); });

  bool holds = false;
  bool stops = false;
  {
    const MutexLock lock(state_.mutex);
    state_.money_is_short = is_refused;
    if (refused) state_.refused = std::move(refused);
    holds = state_.board.holds(claim);
    if (holds && status.ok()) {
      state_.board.complete(claim, std::move(record));
    } else if (holds) {
      state_.board.give_back(claim, is_elsewhere ? Board::Stage::elsewhere : Board::Stage::planned);
      if (fails && state_.failure.ok()) {
        state_.failure = status;
        state_.board.cancel_work();
      }
    }
    stops = stops_at(over_cap);
    state_.stopped_cap = state_.stopped_cap || stops;
  }
  state_.changed.notify_all();
  // A claim that does not hold any more was taken over by another worker, or its segment is no
  // longer planned.
  if (holds && status.ok()) {
    Event event;
    event.type = EventType::segment_ready;
    event.segment_index = claim.index;
    event.engine = std::move(engine);
    state_.events.add(std::move(event));
  } else if (holds && fails) {
    state_.tell(EventType::segment_failed, claim.index, status);
    without_throwing([&] {
      const std::string reason(name_of(fault_of(status)));
      state_.parts.store->messages()
          .add({store::MessageKind::session_failed, state_.id(), claim.index, reason})
          .IgnoreError();
    });
  } else if (holds && goes_on) {
    state_.tell(EventType::trouble, claim.index, status, "is tried again: ");
  }
  if (stops) {
    write_stop();
  } else if (holds) {
    state_.publish_status();
  }
  state_.ring_work();
}

}  // namespace focus::core::session
