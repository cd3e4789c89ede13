// SPDX-License-Identifier: MIT
#include "session/scheduler.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <iterator>

#include <absl/strings/str_cat.h>

#include "base/guarded.h"
#include "base/thread.h"
#include "session/production.h"

namespace focus::core::session {
namespace {

/// A segment that takes longer than expected is taken to need this part of the expected time more.
constexpr double kStillNeeded = 0.05;

/// How often the leases of claims in flight are extended.
constexpr std::chrono::seconds kExtendEvery = SegmentWork::kLease / 3;

/// How long a worker waits before it tries again after an error that may pass. Work that was paid
/// for or made is not done again.
constexpr std::chrono::milliseconds kPauses[] = {
    std::chrono::milliseconds(20), std::chrono::milliseconds(40), std::chrono::milliseconds(80),
    std::chrono::milliseconds(160), std::chrono::milliseconds(320)};
/// And before the segment of a live listener is planned again.
constexpr std::chrono::milliseconds kLongPause(1000);

}  // namespace

Scheduler::Scheduler(int worker_count, const Clock& clock, const Log& log,
                     std::shared_ptr<Tally> tally)
    : clock_(clock),
      log_(log),
      tally_(std::move(tally)),
      worker_count_(static_cast<std::size_t>(worker_count)) {
  try {
    const MutexLock lock(mutex_);
    workers_.reserve(worker_count_);
    for (int i = 0; i < worker_count; ++i) start_worker_locked();
    rescuer_ = start_thread([this] { rescue(); });
  } catch (...) {
    stop();
    throw;
  }
}

Scheduler::~Scheduler() { stop(); }

void Scheduler::start_worker_locked() {
  workers_.reserve(workers_.size() + 1);  // before the thread, which could not be let go
  workers_.push_back(start_thread([this] { work(); }));
}

/// A worker that waits for a host's engine, for its retries and the pauses between them, makes
/// nothing meanwhile. Another thread takes its place, so that it keeps no other segment waiting.
void Scheduler::spare_a_worker() {
  constexpr std::size_t kMostSpare = 64;
  std::string trouble;
  {
    const MutexLock lock(mutex_);
    std::size_t waiting = 0;
    for (const InFlight& job : in_flight_) waiting += job.claim.engine->is_of_host() ? 1 : 0;
    const std::size_t wanted = worker_count_ + std::min(waiting, kMostSpare);
    if (stopping_ || workers_.size() >= wanted) return;
    try {
      start_worker_locked();
    } catch (const std::exception& error) {
      trouble = error.what();
    }
  }
  if (!trouble.empty()) log_.write(LogLevel::warning, trouble);  // there is one worker fewer then
}

void Scheduler::stop() {
  std::vector<std::thread> workers;
  {
    const MutexLock lock(mutex_);
    stopping_ = true;  // under the mutex, so that no further worker is started
    for (InFlight& job : in_flight_) CancelToken(job.claim.cancel).cancel();
    workers.swap(workers_);
  }
  signals_->wanted.ring_all();
  signals_->overdue.ring_all();
  for (std::thread& worker : workers) worker.join();
  if (rescuer_.joinable()) rescuer_.join();
}

void Scheduler::add(const std::shared_ptr<Session>& session) {
  const std::uint64_t number = session->work().number();
  {
    const MutexLock lock(mutex_);
    sessions_.insert_or_assign(number, session);
  }
  signals_->wanted.mark(number, session);
}

// ---- workers

/// Runs `round` until the scheduler stops. Nothing may escape from a thread. What can throw here is
/// lack of memory: then the thread waits for better times. It says so where it can.
template <typename Round>
void Scheduler::repeat(const Round& round) {
  while (!stopping_) {
    try {
      round();
    } catch (...) {
      const absl::Status error = error_of_exception("looking for work");
      without_throwing([&] { log_.write(LogLevel::error, std::string(message_of(error))); });
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
}

void Scheduler::work() {
  repeat([this] {
    const std::uint64_t seen = signals_->wanted.count();
    if (!make_one(&Scheduler::take_wanted) && !stopping_) signals_->wanted.wait_past(seen);
  });
}

void Scheduler::rescue() {
  double extended_at = clock_.steady_seconds();
  repeat([&] {
    const std::uint64_t seen = signals_->overdue.count();
    if (clock_.steady_seconds() - extended_at >= kExtendEvery.count()) {
      extend_leases();
      extended_at = clock_.steady_seconds();
    }
    if (!make_one(&Scheduler::take_overdue) && !stopping_) {
      signals_->overdue.wait_past(seen, kExtendEvery);
    }
  });
}

bool Scheduler::make_one(Take take) {
  const auto position = (this->*take)();
  if (!position) return false;
  if ((*position)->claim.engine->is_of_host()) {
    without_throwing([this] { spare_a_worker(); });
  }
  Job job((*position)->session, (*position)->claim, clock_);  // copies pointers, takes no memory
  finish(*position, job, make(job));
  return true;
}

absl::StatusOr<store::SegmentRecord> Scheduler::make(Job& job) noexcept {
  const auto try_once = [&] {
    return caught("making a segment", [&] { return produce_segment(job, log_); });
  };
  const auto may_pass = [&](const absl::Status& status) {
    return SegmentWork::is_passing(status) && !job.claim.cancel.cancelled() && !stopping_;
  };
  for (const auto duration : kPauses) {
    auto result = try_once();
    if (!may_pass(result.status())) return result;
    pause(job.claim, duration);
  }
  job.tries_again = false;
  auto result = try_once();
  if (may_pass(result.status()) && job.session->work().is_heard_live()) {
    pause(job.claim, kLongPause);
  }
  return result;
}

void Scheduler::pause(const Claim& claim, std::chrono::milliseconds duration) const {
  constexpr std::chrono::milliseconds kLook(10);
  for (auto left = duration; left.count() > 0; left -= kLook) {
    if (stopping_ || claim.cancel.cancelled()) return;
    std::this_thread::sleep_for(std::min(left, kLook));
  }
}

/// Also asks again for what other nodes had claimed.
void Scheduler::extend_leases() {
  std::vector<InFlight> jobs;
  std::vector<std::weak_ptr<Session>> others;
  {
    const MutexLock lock(mutex_);
    jobs.assign(in_flight_.begin(), in_flight_.end());
    others.swap(made_elsewhere_);
  }
  // One that fails must not keep the others from it.
  for (const InFlight& job : jobs) {
    without_throwing([&] { job.session->work().extend(job.claim); });
  }
  for (const std::weak_ptr<Session>& one : others) {
    without_throwing([&] {
      if (const auto session = one.lock()) session->work().look_again();
    });
  }
}

/// Looks at every session that has marked itself; all others want what they wanted before, or less.
/// `looked_at` keeps them until the mutex is free: the last holder of a session lets its engine go.
void Scheduler::look_at_marked_locked(std::vector<std::shared_ptr<Session>>& looked_at) {
  while (auto marked = signals_->wanted.take()) {
    if (auto session = marked->session.lock()) {
      agenda_.set(marked->number, session->work().need());
      sessions_.insert_or_assign(marked->number, std::move(marked->session));
      looked_at.push_back(std::move(session));
    } else {
      sessions_.erase(marked->number);
      agenda_.set(marked->number, std::nullopt);
    }
  }
}

void Scheduler::follow_missed_locked(WorkSignal& signal) noexcept {
  if (!signal.take_missed()) return;
  for (const auto& [number, session] : sessions_) signal.mark(number, session);
}

void Scheduler::lose_agenda_locked() noexcept {
  agenda_ = Agenda();
  parked_.clear();
  signals_->wanted.miss();
}

std::optional<Scheduler::Position> Scheduler::take_wanted() {
  std::vector<std::shared_ptr<Session>> looked_at;  // released after the mutex
  const MutexLock lock(mutex_);
  try {
    return take_first_locked(looked_at);
  } catch (...) {
    lose_agenda_locked();  // marks that were taken may not be in the queue
    throw;
  }
}

std::optional<Scheduler::Position> Scheduler::take_first_locked(
    std::vector<std::shared_ptr<Session>>& looked_at) {
  follow_missed_locked(signals_->wanted);
  release_parked_locked();
  look_at_marked_locked(looked_at);
  while (!stopping_) {
    const auto first = agenda_.first();
    if (!first) break;
    std::shared_ptr<Session> session = sessions_[first->session].lock();
    if (!session) {
      agenda_.set(first->session, std::nullopt);
      continue;
    }
    looked_at.push_back(session);
    const engines::MusicEngine& engine = session->engine();
    if (is_full_locked(&engine, engine.info().concurrency)) {
      park_locked(first->session, engine);
      continue;
    }
    // The session may want less than when it was looked at, or may have been ended. Then another
    // session may be first.
    SegmentWork& work = session->work();
    const std::vector<Pending> pending = work.pending(1);
    std::list<InFlight> place = new_place();
    std::optional<Claim> claim;
    if (!pending.empty() && pending.front().needed_in_seconds <= first->needed) {
      claim = work.claim(pending.front().index, clock_.steady_seconds());
    }
    try {
      if (claim) agenda_.charge(first->session);
      agenda_.set(first->session, work.need());
    } catch (...) {
      if (claim) work.unclaim(*claim);
      throw;
    }
    if (!claim) continue;
    if (!agenda_.empty()) signals_->wanted.ring_one();
    return begin_locked(place, std::move(session), *std::move(claim));
  }
  return std::nullopt;
}

std::optional<Scheduler::Position> Scheduler::take_overdue() {
  std::vector<std::shared_ptr<Session>> looked_at;  // released after the mutex
  const MutexLock lock(mutex_);
  follow_missed_locked(signals_->overdue);
  while (!stopping_) {
    const auto marked = signals_->overdue.take();
    if (!marked) break;
    std::shared_ptr<Session> session = marked->session.lock();
    if (!session) continue;
    try {
      looked_at.push_back(session);
      std::list<InFlight> place = new_place();
      auto claim = session->work().claim_overdue(clock_.steady_seconds());
      if (!claim) continue;
      signals_->overdue.mark(marked->number, session);  // more of it may be overdue
      return begin_locked(place, std::move(session), *std::move(claim));
    } catch (...) {
      signals_->overdue.mark(marked->number, session);
      throw;
    }
  }
  return std::nullopt;
}

bool Scheduler::is_full_locked(const engines::MusicEngine* engine, int most) const {
  if (most <= 0) return false;
  int playing = 0;
  for (const InFlight& job : in_flight_) playing += job.claim.shared->plays.load() == engine;
  return playing >= most;
}

/// Takes a session out of the queue, so that sessions of other engines are not held up.
void Scheduler::park_locked(std::uint64_t session, const engines::MusicEngine& engine) {
  agenda_.set_aside(session);
  Parked& parked = parked_[&engine];
  parked.most = engine.info().concurrency;
  parked.sessions.insert(session);
}

/// Puts back into the queue the sessions whose engine can play one more segment.
void Scheduler::release_parked_locked() {
  for (auto entry = parked_.begin(); entry != parked_.end();) {
    const Parked& parked = entry->second;
    if (is_full_locked(entry->first, parked.most)) {
      ++entry;
      continue;
    }
    for (const std::uint64_t number : parked.sessions) {
      const auto known = sessions_.find(number);
      if (known != sessions_.end()) signals_->wanted.mark(number, known->second);
    }
    entry = parked_.erase(entry);
  }
}

Scheduler::Position Scheduler::begin_locked(std::list<InFlight>& place,
                                            std::shared_ptr<Session> session,
                                            Claim claim) noexcept {
  place.front() = InFlight{std::move(session), std::move(claim), money_moves_};
  in_flight_.splice(in_flight_.end(), place);
  return std::prev(in_flight_.end());
}

/// Ends a job, whatever comes of it: each step is done even where one before could not be.
void Scheduler::finish(Position position, Job& job,
                       absl::StatusOr<store::SegmentRecord> result) noexcept {
  const double length = job.claim.plan->length_seconds(job.claim.index);
  std::uint64_t money_moves = 0;
  double took = 0.0;
  std::list<InFlight> done;  // released after the mutex
  {
    const MutexLock lock(mutex_);
    money_moves = position->money_moves;
    done.splice(done.begin(), in_flight_, position);
    took = clock_.steady_seconds() - job.claim.since;
    // Where the fallback has played after another engine, most of the time was not its own.
    const bool is_own = result.ok() && (job.claim.stands_in || !result->fallback);
    try {
      if (is_own && took > 0.0) speed_.record(result->engine, length, took);
    } catch (...) {  // forecasts know a little less
    }
  }
  if (result.ok()) {
    without_throwing([&] { tally_->count_made(result->engine, result->fallback, length, took); });
  } else if (!SegmentWork::is_given_up(result.status())) {
    tally_->segments_failed.fetch_add(1, std::memory_order_relaxed);
  }
  const bool is_elsewhere = has_fault(result.status(), Fault::conflict);
  job.session->work().complete(job.claim, job.payment, std::move(result));
  if (is_elsewhere) {  // noted last, so that look_again() finds it on the board
    bool is_noted = false;
    {
      const MutexLock lock(mutex_);
      try {
        made_elsewhere_.push_back(job.session);
        is_noted = true;
      } catch (...) {
      }
    }
    if (!is_noted) without_throwing([&] { job.session->work().look_again(); });
  }
  if (job.payment.has_moved()) {
    money_moved();
    ++money_moves;  // a job that has moved money itself does not try again for that
  }
  if (job.payment.refused()) wait_for_money(job, money_moves);
}

/// The session tries again once money has moved. It may have moved already while the job was
/// refused.
void Scheduler::wait_for_money(const Job& job, std::uint64_t moves_at_start) noexcept {
  bool is_noted = false;
  {
    const MutexLock lock(mutex_);
    try {
      short_of_money_.push_back(job.session);
      is_noted = true;
    } catch (...) {
    }
    if (is_noted && money_moves_ == moves_at_start) return;
  }
  money_moved();
  if (!is_noted) job.session->work().money_moved();
}

void Scheduler::money_moved() noexcept {
  std::vector<std::weak_ptr<Session>> waiting;
  {
    const MutexLock lock(mutex_);
    ++money_moves_;
    waiting.swap(short_of_money_);
  }
  for (const std::weak_ptr<Session>& one : waiting) {
    if (const auto session = one.lock()) session->work().money_moved();
  }
}

void Scheduler::terms_changed() {
  money_moved();
  const MutexLock lock(mutex_);
  for (const auto& [number, session] : sessions_) signals_->wanted.mark(number, session);
}

// ---- forecasts

double Scheduler::seconds_by_locked(const engines::MusicEngine& engine,
                                    double audio_seconds) const {
  return speed_.seconds_for(engine.info().key, audio_seconds, engine.info().expected_speed);
}

/// By the session's engine, or by its fallback once that has waited long enough.
double Scheduler::seconds_for_locked(const Session& session, const plan::Plan& plan,
                                     int index) const {
  const double length = plan.length_seconds(index);
  const double own = seconds_by_locked(session.engine(), length);
  const double patience = session.started_with().fallback_after_seconds;
  const bool waits =
      patience > 0.0 && own > patience && session.work().stand_in_for(session.engine());
  return waits ? patience + seconds_by_locked(session.fallback(), length) : own;
}

double Scheduler::seconds_left_locked(const InFlight& job, double now) const {
  if (const double part = job.claim.progress.told(); part > 0.0) {
    const double whole = (now - job.claim.since) / part;
    return whole * std::max(kStillNeeded, 1.0 - part);
  }
  const double expected = seconds_for_locked(*job.session, *job.claim.plan, job.claim.index);
  return std::max(kStillNeeded * expected, expected - (now - job.claim.since));
}

Scheduler::Load Scheduler::load() const {
  const MutexLock lock(mutex_);
  Load load;
  load.workers = static_cast<int>(worker_count_);
  load.in_flight = static_cast<int>(in_flight_.size());
  load.queued = agenda_.wanted_segments();
  return load;
}

/// For how long each place at which `engine` could play is still taken. An engine with a limit has
/// places of its own. (A spare worker takes the place of a worker that waits for a host's engine.)
/// Any other engine shares the workers.
std::vector<double> Scheduler::places_locked(const engines::MusicEngine& engine, double now) const {
  const auto most = static_cast<std::size_t>(engine.info().concurrency);
  const bool has_own = most > 0;
  const std::size_t own = engine.is_of_host() ? most : std::min(most, worker_count_);
  std::vector<double> places(has_own ? own : worker_count_, 0.0);
  std::size_t taken = 0;
  for (const InFlight& job : in_flight_) {
    const engines::MusicEngine* plays = job.claim.shared->plays.load();
    const bool is_at_host = job.claim.engine.get() == plays && job.claim.engine->is_of_host();
    const bool shares = has_own ? plays == &engine : !is_at_host;
    if (shares && taken < places.size()) places[taken++] = seconds_left_locked(job, now);
  }
  return places;
}

/// Seconds of work that go before what the session needs at `needed`, at the places it shares.
double Scheduler::queued_before_locked(const Session& session, double needed) const {
  const engines::MusicEngine& engine = session.engine();
  double seconds = 0.0;
  for (const auto& [maker, audio] : agenda_.audio_before(session.work().number(), needed)) {
    const bool shares = engine.is_of_host() ? maker.engine == engine.info().key : !maker.is_of_host;
    if (shares) seconds += speed_.seconds_for(maker.engine, audio, maker.expected_speed);
  }
  return seconds;
}

std::optional<double> Scheduler::seconds_until_ready(const Session& session, int wanted) {
  const std::shared_ptr<const plan::Plan> plan = session.plan();
  const std::vector<Pending> pending = session.work().pending(SegmentWork::kFarEnough);
  const auto piece = std::find_if(pending.begin(), pending.end(),
                                  [&](const auto& one) { return one.index == wanted; });
  std::vector<std::shared_ptr<Session>> looked_at;  // released after the mutex
  const MutexLock lock(mutex_);
  const double now = clock_.steady_seconds();
  for (const InFlight& job : in_flight_) {
    if (job.session.get() == &session && job.claim.index == wanted)
      return seconds_left_locked(job, now);
  }
  if (piece == pending.end() || wanted >= plan->segment_count()) return std::nullopt;

  look_at_marked_locked(looked_at);
  const double before = queued_before_locked(session, piece->needed_in_seconds);
  // As pieces that are about as long as the wanted one, or longer where they are many.
  constexpr double kMostPieces = 64.0;
  const double own = seconds_for_locked(session, *plan, wanted);
  const double pieces = before > 0.0 ? std::clamp(std::round(before / own), 1.0, kMostPieces) : 0.0;
  std::vector<QueuedWork> queue(static_cast<std::size_t>(pieces), {before / pieces, false});
  queue.push_back({own, true});
  return seconds_until_done(places_locked(session.engine(), now), queue);
}

}  // namespace focus::core::session
