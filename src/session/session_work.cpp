// SPDX-License-Identifier: MIT
// What a session has for the scheduler: which segments may be made, who makes them, what they cost.
#include <algorithm>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "session/session.h"

namespace focus::core {
namespace {

/// A live listener hears the fallback where its next segment is missing this long before it runs
/// dry: time enough to make it, for every second of its length a little more.
constexpr double kRescueSeconds = 4.0;
constexpr double kRescuePerSecond = 1.0 / 60.0;
/// How long one that has heard nothing yet waits for the engine it has asked for.
constexpr double kPatienceAtStart = 10.0;
/// Segments ahead of the listener that are made while they have to be kept in memory.
constexpr int kLookAheadWithoutStore = 2;

/// Segments ahead of the listener that are made by an engine with a price, where the request does
/// not say.
constexpr int kPricedLookAhead = 3;

}  // namespace

int Session::look_ahead_locked() const {
  const int all = count_locked();
  const int asked =
      request().look_ahead.value_or(price_per_minute(engine()) > 0 ? kPricedLookAhead : all);
  const int bound = parts_.store->segments().look_ahead_bound().value_or(all);
  return std::min({asked, bound, store_is_full_ ? kLookAheadWithoutStore : all});
}

std::vector<Session::Pending> Session::pending(std::size_t limit) const {
  const std::lock_guard guard(mutex_);
  return pending_locked(limit);
}

bool Session::is_at_work() const {
  const std::lock_guard guard(mutex_);
  return !pending_locked(1).empty() ||
         std::any_of(segments_.begin(), segments_.end(),
                     [](const Segment& segment) { return segment.claim != nullptr; });
}

std::optional<Agenda::Need> Session::need() const {
  constexpr std::size_t kFarEnough = 64;
  const std::lock_guard guard(mutex_);
  const std::vector<Pending> wanted = pending_locked(kFarEnough);
  if (wanted.empty()) return std::nullopt;
  Agenda::Need need;
  need.first = wanted.front().needed_in_seconds;
  need.last = wanted.back().needed_in_seconds;
  need.count = static_cast<int>(wanted.size());
  need.maker = {engine().info().key, engine().info().expected_speed, engine().is_of_host()};
  for (const Pending& one : wanted) need.audio_seconds += plan_->length_seconds(one.index);
  return need;
}

std::vector<Session::Pending> Session::pending_locked(std::size_t limit) const {
  std::vector<Pending> found;
  if (is_over_locked() || money_is_short_ || users_ == 0 || is_paying_locked()) return found;
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
  // A client that has fetched a segment is about to hear it, and needs the one after.
  const int look_ahead = std::max(look_ahead_locked(), listeners_.has_fetched() ? 1 : 0);
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
  const bool keeps_all = !parts_.store->segments().look_ahead_bound() && !request().look_ahead &&
                         price_per_minute(engine()) == 0;
  for (int k = 0; keeps_all && k < std::min(starts.front(), count_locked()); ++k) {
    if (segment_locked(k).stage != Stage::planned || is_found(k)) continue;
    if (in_order && k > 0 && segment_locked(k - 1).stage != Stage::ready) continue;
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
  Claim claim;
  claim.index = index;
  claim.number = next_claim_++;
  claim.plan = plan_;
  claim.engine = engine;
  claim.stands_in = engine != parts_.engine;
  claim.plays = std::make_shared<std::atomic<const MusicEngine*>>(engine.get());
  segment.claim = std::make_unique<Claim>(claim);
  return claim;
}

std::optional<Session::Claim> Session::claim(int index) {
  const std::lock_guard guard(mutex_);
  if (is_over_locked() || users_ == 0 || index >= count_locked()) return std::nullopt;
  if (segment_locked(index).stage != Stage::planned) return std::nullopt;
  return claim_locked(index, parts_.engine);
}

std::shared_ptr<const MusicEngine> Session::stand_in_for(const MusicEngine& failed) const {
  const bool was_fallback = &failed == parts_.fallback.get();
  if (&failed == parts_.engine.get() && !was_fallback) return parts_.fallback;
  const bool is_new = parts_.last_resort != parts_.engine && parts_.last_resort != parts_.fallback;
  return was_fallback && is_new ? parts_.last_resort : nullptr;
}

/// Who plays what is overdue. Never a host's engine: one that hangs would hold up the rescue of
/// all.
const std::shared_ptr<const MusicEngine>& Session::rescue_engine() const {
  return parts_.fallback->is_of_host() ? parts_.last_resort : parts_.fallback;
}

std::optional<Session::Claim> Session::claim_overdue(double now) {
  const std::lock_guard guard(mutex_);
  if (is_over_locked() || users_ == 0) return std::nullopt;
  const std::shared_ptr<const MusicEngine>& rescue = rescue_engine();
  for (const Listeners::Missing& missing : listeners_.missing()) {
    const int index = missing.segment;
    if (missing.kind != Listeners::Kind::live) continue;
    if (index >= count_locked() || segment_locked(index).stage == Stage::ready) continue;
    const std::unique_ptr<Claim>& made = segment_locked(index).claim;
    if (made && made->engine == rescue) continue;
    if (money_is_short_ && price_per_minute(*rescue) > 0) continue;
    const double lead = kRescueSeconds + kRescuePerSecond * plan_->length_seconds(index);
    if (missing.lasts_seconds > lead) continue;
    if (!missing.has_begun && parts_.engine != rescue) {
      if (!missing.waits_since) listeners_.set_waits_since(missing.listener, now);
      if (now - missing.waits_since.value_or(now) < kPatienceAtStart) continue;
    }
    if (made) made->cancel.cancel();
    return claim_locked(index, rescue);
  }
  return std::nullopt;
}

/// Whether the claimed segment is still planned, and nobody else's.
bool Session::holds_locked(const Claim& claim) const {
  if (claim.index >= count_locked()) return false;
  const Segment& segment = segment_locked(claim.index);
  return segment.claim && segment.claim->number == claim.number;
}

std::int64_t Session::price_per_minute(const MusicEngine& engine) const {
  return parts_.engines != nullptr ? parts_.engines->price_of(engine.info().key) : 0;
}

Budget::Piece Session::piece(const Plan& plan, int index, const MusicEngine& engine) const {
  return {id(), parts_.record.organization, index,
          segment_price(plan.made_hundredths(index), price_per_minute(engine))};
}

/// Segments are paid for one after the other, in their order: where the money is enough for some,
/// it is for the first ones.
bool Session::is_paying_locked() const {
  return price_per_minute(engine()) > 0 &&
         std::any_of(segments_.begin(), segments_.end(), [](const Segment& segment) {
           return segment.claim != nullptr && segment.claim->is_paying;
         });
}

absl::Status Session::pay(Claim& claim, const MusicEngine& engine) {
  Budget::Piece wanted = piece(*claim.plan, claim.index, engine);
  if (!parts_.budget || wanted.micros == 0) {
    stop_paying(claim);
    return absl::OkStatus();
  }
  const absl::StatusOr<Budget::Reservation> answer = parts_.budget->reserve(wanted);
  claim.has_paid = !answer.ok();  // for a moment: others may have been refused meanwhile
  stop_paying(claim);
  FOCUS_ASSIGN_OR_RETURN(const Budget::Reservation reserved, answer);
  if (reserved.answer != Budget::Answer::held) {
    claim.refused = std::move(wanted);
    return cancelled_error();
  }
  claim.hold = reserved.hold;
  claim.micros = wanted.micros;
  claim.has_paid = true;
  return absl::OkStatus();
}

void Session::stop_paying(const Claim& claim) {
  {
    const std::lock_guard guard(mutex_);
    if (!holds_locked(claim)) return;
    segment_locked(claim.index).claim->is_paying = false;
    if (price_per_minute(engine()) == 0) return;  // nobody was waiting for it
  }
  ring_work();
}

absl::Status Session::settle(const Claim& claim) {
  if (claim.hold == 0) return absl::OkStatus();
  const absl::Status written = parts_.budget->settle(claim.hold);
  const std::lock_guard guard(mutex_);
  spent_micros_ += claim.micros;
  return written;
}

absl::Status Session::fall_back(Claim& claim, const std::shared_ptr<const MusicEngine>& next) {
  {
    const std::lock_guard guard(mutex_);
    if (holds_locked(claim)) segment_locked(claim.index).claim->engine = next;
  }
  claim.plays->store(next.get());
  ring_work();  // others may have waited for the engine that is free now
  const bool gave_back = claim.hold != 0;
  if (gave_back) FOCUS_RETURN_IF_ERROR(parts_.budget->release(std::exchange(claim.hold, 0)));
  absl::Status paid = pay(claim, *next);
  claim.has_paid = claim.has_paid || gave_back;
  return paid;
}

bool Session::reaches_cap_locked() const {
  if (is_over_locked() || !parts_.budget) return false;
  const auto in_flight = [](const Segment& segment) { return segment.claim != nullptr; };
  if (std::any_of(segments_.begin(), segments_.end(), in_flight)) return false;
  const auto is_over = [&](const Budget::Piece& piece) {
    return piece.micros > 0 && parts_.budget->foresee(piece) == Budget::Answer::over;
  };
  const bool is_wanted_still = refused_ && refused_->segment < count_locked() &&
                               segment_locked(refused_->segment).stage == Stage::planned;
  if (is_wanted_still && is_over(*refused_)) return true;
  const int next = ready_count_locked();
  return next < count_locked() && is_over(piece(*plan_, next, engine()));
}

void Session::stop_at_cap() {
  {
    const std::lock_guard guard(mutex_);
    if (!reaches_cap_locked()) return;
    stopped_cap_ = true;
  }
  write_stop();
}

/// For whoever has set stopped_cap_.
void Session::write_stop() {
  changed_.notify_all();
  publish_status();
  // Where it can not be written the session stops again when it is opened again: the money is gone.
  const absl::Status written = parts_.store->sessions().set_stopped_cap(id());
  if (written.ok()) return;
  events_.add({EventType::trouble, -1, written, std::string(written.message())});
}

void Session::money_moved() {
  {
    const std::lock_guard guard(mutex_);
    money_is_short_ = false;
  }
  ring_work();
}

/// Claims the segment in the store and completes that claim.
absl::StatusOr<SegmentRecord> Session::put(const Claim& claim, const SegmentRecord& record,
                                           AudioBuffer&& audio, std::uint64_t dither_seed) {
  Store& store = *parts_.store;
  absl::StatusOr<Claimed> claimed = cancelled_error();
  do {  // again where the session is steered just now, which may leave this segment as it is
    int changes = 0;
    {
      const std::lock_guard guard(mutex_);
      if (!holds_locked(claim)) return cancelled_error();
      changes = static_cast<int>(history_.size());
    }
    const std::int64_t now = parts_.clock->unix_seconds() * 1000;
    claimed = store.board().claim(
        {id(), claim.index, changes, "local", now, now + 3'600'000, /*take_over=*/true});
  } while (has_fault(claimed.status(), Fault::conflict) && field_of(claimed.status()) == "changes");
  if (!claimed.ok()) return claimed.status();
  auto kept = store.segments().put(id(), claimed->epoch, request().format, record, std::move(audio),
                                   dither_seed, claim.cancel);
  if (!kept.ok()) store.board().give_up(id(), claim.index, claimed->epoch).IgnoreError();
  return kept;
}

absl::StatusOr<SegmentRecord> Session::keep(const Claim& claim, SegmentRecord record,
                                            AudioBuffer audio, std::uint64_t dither_seed) {
  auto kept = put(claim, record, std::move(audio), dither_seed);
  const bool refused = !kept.ok() && !absl::IsCancelled(kept.status());
  if (kept.ok()) touch();
  {
    const std::lock_guard guard(mutex_);
    if (!refused) {
      if (kept.ok()) store_is_full_ = false;
      return kept;
    }
    if (!holds_locked(claim) || listeners_.live_count() == 0) return kept;
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
  // What can not be erased from the ledger counts again after a restart: too much, never too
  // little.
  if (claim.hold != 0) parts_.budget->release(claim.hold).IgnoreError();
  bool holds = false;
  bool stops = false;
  // What was given up fails nothing, least of all a session that was opened anew meanwhile.
  const bool fails =
      !result.ok() && !absl::IsCancelled(result.status()) && !claim.cancel.cancelled();
  {
    const std::lock_guard guard(mutex_);
    money_is_short_ = claim.refused.has_value();
    if (claim.refused) refused_ = claim.refused;
    holds = holds_locked(claim);
    if (holds) {
      Segment& segment = segment_locked(claim.index);
      segment.claim.reset();
      if (result.ok()) {
        segment.stage = Stage::ready;
        segment.record = std::make_shared<const SegmentRecord>(*result);
      } else {
        segment.stage = Stage::planned;
        if (fails && failure_.ok()) {
          failure_ = result.status();
          cancel_work_locked(0);
        }
      }
    }
    stops = reaches_cap_locked();
    stopped_cap_ = stopped_cap_ || stops;
  }
  changed_.notify_all();
  // Else it was given to another maker meanwhile, or is planned no more.
  if (holds && result.ok()) {
    events_.add(
        {EventType::segment_ready, claim.index, absl::OkStatus(), "", std::move(result->engine)});
  } else if (holds && fails) {
    events_.add({EventType::segment_failed, claim.index, result.status(),
                 std::string(result.status().message())});
  }
  if (stops) {
    write_stop();
  } else if (holds) {
    publish_status();
  }
  ring_work();
}

}  // namespace focus::core
