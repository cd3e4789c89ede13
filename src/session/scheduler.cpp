// SPDX-License-Identifier: MIT
#include "session/scheduler.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>
#include <utility>

#include "base/guarded.h"
#include "base/thread.h"
#include "session/production.h"
#include "session/segment_forecast.h"

namespace focus::core::session {
namespace {

/// How often the leases of claims in flight are extended.
constexpr std::chrono::seconds kExtendEvery = SegmentWork::kLease / 3;

/// How long a worker waits before it tries again after an error that may pass. Work that was paid
/// for or made is not done again.
constexpr std::chrono::milliseconds kPauses[] = {
    std::chrono::milliseconds(20), std::chrono::milliseconds(40), std::chrono::milliseconds(80),
    std::chrono::milliseconds(160), std::chrono::milliseconds(320)};
/// And before the segment of a live listener is planned again.
constexpr std::chrono::milliseconds kLongPause(1000);

/// How often a worker looks for work of the cluster that no notice has told of, and what could not
/// be told is told again.
constexpr std::chrono::milliseconds kLookForShared(2000);
/// How often a node makes sure that the cluster knows what its sessions want.
constexpr std::chrono::milliseconds kTellAgain(5000);

}  // namespace

Scheduler::Scheduler(int worker_count, const Clock& clock, const Log& log,
                     std::shared_ptr<Tally> tally, SharedWork* shared)
    : clock_(clock),
      log_(log),
      tally_(std::move(tally)),
      shared_(shared),
      worker_count_(static_cast<std::size_t>(worker_count)) {
  try {
    const MutexLock lock(mutex_);
    workers_.reserve(worker_count_);
    for (int i = 0; i < worker_count; ++i) start_worker_locked();
    rescuer_ = start_thread([this] { rescue(); });
    if (shared_ != nullptr) teller_ = start_thread([this] { tell_wants(); });
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
  if (shared_ != nullptr) shared_->news().ring_all();
  for (std::thread& worker : workers) worker.join();
  if (rescuer_.joinable()) rescuer_.join();
  if (teller_.joinable()) teller_.join();
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
  if (shared_ != nullptr) {
    repeat([this] {
      const std::uint64_t seen = shared_->news().count();
      if (!make_one(&Scheduler::take_shared) && !stopping_) {
        shared_->news().wait_past(seen, kLookForShared);
      }
    });
    return;
  }
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

/// Tells the cluster what the sessions of this node want, whenever they may want something else.
void Scheduler::tell_wants() {
  std::vector<std::weak_ptr<Session>> untold;
  repeat([&] {
    const std::uint64_t seen = signals_->wanted.count();
    std::vector<std::shared_ptr<Session>> sessions;
    for (const auto& one : std::exchange(untold, {})) {
      if (auto session = one.lock()) sessions.push_back(std::move(session));
    }
    {
      const MutexLock lock(mutex_);
      follow_missed_locked(signals_->wanted);
      look_at_marked_locked(sessions);
    }
    for (const auto& session : sessions) {
      if (!stopping_ && !shared_->publish(*session)) untold.push_back(session);
    }
    sessions.clear();
    if (stopping_) return;
    signals_->wanted.wait_past(seen, untold.empty() ? kTellAgain : kLookForShared);
    if (signals_->wanted.count() == seen) signals_->wanted.miss();  // look at all of them
  });
}

std::optional<Scheduler::Position> Scheduler::take_shared() {
  SharedWork::Playing playing;
  {
    const MutexLock lock(mutex_);
    if (stopping_) return std::nullopt;
    for (const InFlight& job : in_flight_) ++playing[job.claim.shared->plays.load()];
  }
  std::list<InFlight> place = new_place();
  auto taken = shared_->take(playing);
  if (!taken) return std::nullopt;
  const MutexLock lock(mutex_);
  return begin_locked(place, std::move(taken->session), std::move(taken->claim));
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
  place.front() = InFlight{std::move(session), std::move(claim), money_.moves()};
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
    money_.money_moved();
    ++money_moves;  // a job that has moved money itself does not try again for that
  }
  if (job.payment.refused()) money_.add(job.session, money_moves);
}

void Scheduler::terms_changed() {
  money_.money_moved();
  const MutexLock lock(mutex_);
  for (const auto& [number, session] : sessions_) signals_->wanted.mark(number, session);
}

Scheduler::Load Scheduler::load() const {
  const MutexLock lock(mutex_);
  Load load;
  load.workers = static_cast<int>(worker_count_);
  load.in_flight = static_cast<int>(in_flight_.size());
  load.queued = agenda_.wanted_segments();
  return load;
}

std::optional<double> Scheduler::seconds_until_ready(const Session& session, int wanted) {
  const std::shared_ptr<const plan::Plan> plan = session.plan();
  const std::vector<Pending> pending = session.work().pending(SegmentWork::kFarEnough);
  const auto piece = std::find_if(pending.begin(), pending.end(),
                                  [&](const auto& one) { return one.index == wanted; });
  std::vector<std::shared_ptr<Session>> looked_at;  // released after the mutex
  const MutexLock lock(mutex_);
  const SegmentForecast forecast(speed_, agenda_, in_flight_, worker_count_,
                                 clock_.steady_seconds());
  if (const auto left = forecast.of_made(session, wanted)) return left;
  if (piece == pending.end() || wanted >= plan->segment_count()) return std::nullopt;
  look_at_marked_locked(looked_at);
  return forecast.of_pending(session, *plan, *piece);
}

}  // namespace focus::core::session
