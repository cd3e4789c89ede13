// SPDX-License-Identifier: MIT
#include "session/scheduler.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "session/production.h"

namespace focus::core {
namespace {

/// A segment that takes longer than expected is taken to need this part of the expected time still.
constexpr double kStillNeeded = 0.05;

absl::StatusOr<SegmentRecord> produce_without_throwing(Session& session, Session::Claim& claim,
                                                       const Log& log) noexcept {
  try {
    return produce_segment(session, claim, log);
  } catch (const std::bad_alloc&) {
    return out_of_memory("making a segment");
  } catch (const std::exception& error) {
    return internal_error(absl::StrCat("while making a segment: ", error.what()));
  } catch (...) {
    return internal_error("while making a segment: an unknown exception");
  }
}

}  // namespace

Scheduler::Scheduler(int worker_count, const Clock& clock, const Log& log)
    : clock_(clock), log_(log), worker_count_(static_cast<std::size_t>(worker_count)) {
  workers_.reserve(worker_count_);
  try {
    for (int i = 0; i < worker_count; ++i) start_worker();
    rescuer_ = std::thread([this] { work(signals_->overdue, &Scheduler::take_overdue_job); });
  } catch (...) {
    stop();
    throw;
  }
}

Scheduler::~Scheduler() { stop(); }

void Scheduler::start_worker() {
  workers_.emplace_back([this] { work(signals_->wanted, &Scheduler::take_job); });
}

/// Who waits for a host's engine, its retries and the pauses between them makes nothing meanwhile,
/// and shall not keep others from it.
void Scheduler::spare_a_worker_locked() {
  constexpr std::size_t kMostSpare = 64;
  const auto waiting = static_cast<std::size_t>(
      std::count_if(in_flight_.begin(), in_flight_.end(),
                    [](const Job& job) { return job.claim.engine->is_of_host(); }));
  if (workers_.size() >= worker_count_ + std::min(waiting, kMostSpare)) return;
  try {
    start_worker();
  } catch (const std::exception& error) {  // then there is one fewer
    log_.write(LogLevel::warning, error.what());
  }
}

void Scheduler::stop() {
  stopping_ = true;
  {
    const std::lock_guard guard(mutex_);
    for (Job& job : in_flight_) job.claim.cancel.cancel();
  }
  signals_->wanted.ring_all();
  signals_->overdue.ring_all();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
  if (rescuer_.joinable()) rescuer_.join();
}

void Scheduler::add(const std::shared_ptr<Session>& session) {
  signals_->wanted.mark(session->number(), session);
}

void Scheduler::work(WorkSignal& signal, std::optional<JobPosition> (Scheduler::*take)()) {
  while (!stopping_) {
    // Nothing may escape from a thread. What can throw here is want of memory: then wait for
    // better.
    try {
      const std::uint64_t seen = signal.count();
      const auto job = (this->*take)();
      if (job) {
        finish(*job, produce_without_throwing(*(*job)->session, (*job)->claim, log_));
      } else if (!stopping_) {
        signal.wait_past(seen);
      }
    } catch (const std::exception& error) {
      log_.write(LogLevel::error, error.what());
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
}

/// Looks at every session that has marked itself; the others want what they wanted before, or less.
void Scheduler::look_at_marked_locked() {
  while (const auto marked = signals_->wanted.take()) {
    if (const auto session = marked->session.lock()) {
      sessions_.insert_or_assign(marked->number, marked->session);
      agenda_.set(marked->number, session->need());
    } else {
      sessions_.erase(marked->number);
      agenda_.set(marked->number, std::nullopt);
    }
  }
}

std::optional<Scheduler::JobPosition> Scheduler::take_job() {
  const std::lock_guard guard(mutex_);
  release_parked_locked();
  look_at_marked_locked();
  while (!stopping_) {
    const auto first = agenda_.first();
    if (!first) break;
    std::shared_ptr<Session> session = sessions_[first->session].lock();
    if (session && is_full_locked(&session->engine(), session->engine().info().concurrency)) {
      park_locked(first->session, session->engine());
      continue;
    }
    const auto pending = session ? session->pending(1) : std::vector<Session::Pending>();
    // It may want less than when it was looked at, or have been ended; then there may be another.
    std::optional<Session::Claim> claim;
    if (!pending.empty() && pending.front().needed_in_seconds <= first->needed) {
      claim = session->claim(pending.front().index);
    }
    agenda_.set(first->session, session ? session->need() : std::nullopt);
    if (!claim) continue;
    if (!agenda_.empty()) signals_->wanted.ring_one();
    const JobPosition job = begin_locked(std::move(session), *claim);
    if (job->claim.engine->is_of_host()) spare_a_worker_locked();
    return job;
  }
  return std::nullopt;
}

std::optional<Scheduler::JobPosition> Scheduler::take_overdue_job() {
  const std::lock_guard guard(mutex_);
  while (!stopping_) {
    const auto marked = signals_->overdue.take();
    if (!marked) break;
    std::shared_ptr<Session> session = marked->session.lock();
    if (!session) continue;
    const auto claim = session->claim_overdue(clock_.steady_seconds());
    if (!claim) continue;
    signals_->overdue.mark(marked->number, session);  // it may have more
    return begin_locked(std::move(session), *claim);
  }
  return std::nullopt;
}

bool Scheduler::is_full_locked(const MusicEngine* engine, int most) const {
  if (most <= 0) return false;
  return std::count_if(in_flight_.begin(), in_flight_.end(), [engine](const Job& job) {
           return job.claim.plays->load() == engine;
         }) >= most;
}

/// Out of the queue, so that whoever plays with another engine is not held up.
void Scheduler::park_locked(std::uint64_t session, const MusicEngine& engine) {
  agenda_.set_aside(session);
  Parked& parked = parked_[&engine];
  parked.most = engine.info().concurrency;
  parked.sessions.insert(session);
}

/// Back into the queue with those whose engine can play one more.
void Scheduler::release_parked_locked() {
  std::erase_if(parked_, [this](const auto& entry) {
    const auto& [engine, parked] = entry;
    if (is_full_locked(engine, parked.most)) return false;
    for (const std::uint64_t number : parked.sessions) {
      const auto known = sessions_.find(number);
      if (known != sessions_.end()) signals_->wanted.mark(number, known->second);
    }
    return true;
  });
}

Scheduler::JobPosition Scheduler::begin_locked(std::shared_ptr<Session> session,
                                               const Session::Claim& claim) {
  return in_flight_.insert(in_flight_.end(),
                           Job{std::move(session), claim, clock_.steady_seconds(), money_moves_});
}

void Scheduler::finish(JobPosition position, absl::StatusOr<SegmentRecord> result) {
  Job job;
  double took = 0.0;
  double length = 0.0;
  {
    const std::lock_guard guard(mutex_);
    job = std::move(*position);
    in_flight_.erase(position);
    took = clock_.steady_seconds() - job.started_at;
    length = job.claim.plan->length_seconds(job.claim.index);
    // Where the fallback has played after another engine, most of the time was not its own.
    const bool is_own = result.ok() && (job.claim.stands_in || !result->fallback);
    if (is_own && took > 0.0) speed_.record(result->engine, length, took);
  }
  Tally& tally = job.session->tally();
  if (result.ok()) {
    tally.count_made(result->engine, result->fallback, length, took);
  } else if (!is_cancelled(result.status())) {
    tally.segments_failed.fetch_add(1, std::memory_order_relaxed);
  }
  job.session->complete(job.claim, std::move(result));
  if (job.claim.has_paid) {
    money_moved();
    ++job.money_moves;  // who has moved it himself does not try again for that
  }
  if (job.claim.refused) wait_for_money(job);
}

void Scheduler::wait_for_money(const Job& job) {
  {
    const std::lock_guard guard(mutex_);
    short_of_money_.push_back(job.session);
    if (money_moves_ == job.money_moves) return;
  }
  money_moved();  // it came back while the job was refused
}

void Scheduler::money_moved() {
  std::vector<std::weak_ptr<Session>> waiting;
  {
    const std::lock_guard guard(mutex_);
    ++money_moves_;
    waiting.swap(short_of_money_);
  }
  for (const std::weak_ptr<Session>& one : waiting) {
    if (const auto session = one.lock()) session->money_moved();
  }
}

void Scheduler::terms_changed() {
  money_moved();
  const std::lock_guard guard(mutex_);
  for (const auto& [number, session] : sessions_) signals_->wanted.mark(number, session);
}

double Scheduler::seconds_by(const MusicEngine& engine, double audio_seconds) const {
  return speed_.seconds_for(engine.info().key, audio_seconds, engine.info().expected_speed);
}

/// By the session's engine, or by its fallback once that has waited long enough.
double Scheduler::seconds_for(const Session& session, const Plan& plan, int index) const {
  const double length = plan.length_seconds(index);
  const double own = seconds_by(session.engine(), length);
  const double patience = session.request().fallback_after_seconds;
  const bool waits = patience > 0.0 && own > patience && session.stand_in_for(session.engine());
  return waits ? patience + seconds_by(session.fallback(), length) : own;
}

double Scheduler::seconds_left(const Job& job, double now) const {
  if (const double part = job.claim.progress.told(); part > 0.0) {
    const double whole = (now - job.started_at) / part;
    return whole * std::max(kStillNeeded, 1.0 - part);
  }
  const double expected = seconds_for(*job.session, *job.claim.plan, job.claim.index);
  return std::max(kStillNeeded * expected, expected - (now - job.started_at));
}

Scheduler::Load Scheduler::load() const {
  const std::lock_guard guard(mutex_);
  Load load;
  load.workers = static_cast<int>(worker_count_);
  load.in_flight = static_cast<int>(in_flight_.size());
  load.queued = agenda_.wanted_segments();
  return load;
}

/// For how long each place at which an engine could play is taken still: its own, where it plays so
/// many at a time (a spare worker replaces who waits for a host's), else those of the workers.
std::vector<double> Scheduler::places_locked(const MusicEngine& engine, double now) const {
  const auto most = static_cast<std::size_t>(engine.info().concurrency);
  const bool has_own = most > 0;
  const std::size_t own = engine.is_of_host() ? most : std::min(most, worker_count_);
  std::vector<double> places(has_own ? own : worker_count_, 0.0);
  std::size_t taken = 0;
  for (const Job& job : in_flight_) {
    const MusicEngine* plays = job.claim.plays->load();
    const bool is_at_host = job.claim.engine.get() == plays && job.claim.engine->is_of_host();
    const bool shares = has_own ? plays == &engine : !is_at_host;
    if (shares && taken < places.size()) places[taken++] = seconds_left(job, now);
  }
  return places;
}

/// Seconds of work that go before what the session needs at `needed`, at the places it shares.
double Scheduler::queued_before_locked(const Session& session, double needed) const {
  const MusicEngine& engine = session.engine();
  double seconds = 0.0;
  for (const auto& [maker, audio] : agenda_.audio_before(session.number(), needed)) {
    const bool shares = engine.is_of_host() ? maker.engine == engine.info().key : !maker.is_of_host;
    if (shares) seconds += speed_.seconds_for(maker.engine, audio, maker.expected_speed);
  }
  return seconds;
}

std::optional<double> Scheduler::seconds_until_ready(const Session& session, int wanted) {
  const std::shared_ptr<const Plan> plan = session.plan();
  constexpr std::size_t kFarEnough = 64;
  const std::vector<Session::Pending> pending = session.pending(kFarEnough);
  const auto piece = std::find_if(pending.begin(), pending.end(),
                                  [&](const auto& one) { return one.index == wanted; });
  const std::lock_guard guard(mutex_);
  const double now = clock_.steady_seconds();
  for (const Job& job : in_flight_) {
    if (job.session.get() == &session && job.claim.index == wanted) return seconds_left(job, now);
  }
  if (piece == pending.end() || wanted >= plan->segment_count()) return std::nullopt;

  look_at_marked_locked();
  const double before = queued_before_locked(session, piece->needed_in_seconds);
  // As pieces that are about as long as the wanted one, or longer where they are many.
  constexpr double kMostPieces = 64.0;
  const double own = seconds_for(session, *plan, wanted);
  const double pieces = before > 0.0 ? std::clamp(std::round(before / own), 1.0, kMostPieces) : 0.0;
  std::vector<QueuedWork> queue(static_cast<std::size_t>(pieces), {before / pieces, false});
  queue.push_back({own, true});
  return seconds_until_done(places_locked(session.engine(), now), queue);
}

}  // namespace focus::core
