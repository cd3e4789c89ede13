// SPDX-License-Identifier: MIT
#include "session/scheduler.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>

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
    return absl::InternalError(absl::StrCat("while making a segment: ", error.what()));
  } catch (...) {
    return absl::InternalError("while making a segment: an unknown exception");
  }
}

}  // namespace

Scheduler::Scheduler(int worker_count, const Clock& clock, const Log& log)
    : clock_(clock), log_(log) {
  workers_.reserve(static_cast<std::size_t>(worker_count));
  try {
    for (int i = 0; i < worker_count; ++i) {
      workers_.emplace_back([this] { work(&Scheduler::take_job); });
    }
    rescuer_ = std::thread([this] { work(&Scheduler::take_overdue_job); });
  } catch (...) {
    stop();
    throw;
  }
}

Scheduler::~Scheduler() { stop(); }

void Scheduler::stop() {
  stopping_ = true;
  {
    const std::lock_guard guard(mutex_);
    for (Job& job : in_flight_) job.claim.cancel.cancel();
  }
  work_->ring();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
  if (rescuer_.joinable()) rescuer_.join();
}

void Scheduler::add(const std::shared_ptr<Session>& session) {
  {
    const std::lock_guard guard(mutex_);
    std::erase_if(sessions_, [](const auto& known) { return known.expired(); });
    sessions_.push_back(session);
  }
  work_->ring();
}

void Scheduler::work(std::optional<JobPosition> (Scheduler::*take)()) {
  while (!stopping_) {
    // Nothing may escape from a thread. What can throw here is want of memory: then wait for
    // better.
    try {
      const std::uint64_t seen = work_->count();
      const auto job = (this->*take)();
      if (job) {
        finish(*job, produce_without_throwing(*(*job)->session, (*job)->claim, log_));
      } else if (!stopping_) {
        work_->wait_past(seen);
      }
    } catch (const std::exception& error) {
      log_.write(LogLevel::error, error.what());
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
}

std::optional<Scheduler::JobPosition> Scheduler::take_job() {
  const std::lock_guard guard(mutex_);
  while (!stopping_) {
    std::shared_ptr<Session> neediest;
    Session::Pending first{0, std::numeric_limits<double>::infinity()};
    for (std::shared_ptr<Session>& session : sessions_locked()) {
      const auto pending = session->pending(1);
      if (!pending.empty() && pending.front().needed_in_seconds < first.needed_in_seconds) {
        first = pending.front();
        neediest = std::move(session);
      }
    }
    if (!neediest) break;
    // It may have been ended since it was asked; then there may be another.
    if (auto claim = neediest->claim(first.index)) {
      return begin_locked(std::move(neediest), *claim);
    }
  }
  return std::nullopt;
}

std::optional<Scheduler::JobPosition> Scheduler::take_overdue_job() {
  const std::lock_guard guard(mutex_);
  if (stopping_) return std::nullopt;
  for (std::shared_ptr<Session>& session : sessions_locked()) {
    auto claim = session->claim_overdue(clock_.steady_seconds());
    if (claim) return begin_locked(std::move(session), *claim);
  }
  return std::nullopt;
}

std::vector<std::shared_ptr<Session>> Scheduler::sessions_locked() const {
  std::vector<std::shared_ptr<Session>> living;
  for (const std::weak_ptr<Session>& known : sessions_) {
    if (auto session = known.lock()) living.push_back(std::move(session));
  }
  return living;
}

Scheduler::JobPosition Scheduler::begin_locked(std::shared_ptr<Session> session,
                                               const Session::Claim& claim) {
  return in_flight_.insert(in_flight_.end(),
                           Job{std::move(session), claim, clock_.steady_seconds(), money_moves_});
}

void Scheduler::finish(JobPosition position, absl::StatusOr<SegmentRecord> result) {
  Job job;
  {
    const std::lock_guard guard(mutex_);
    job = std::move(*position);
    in_flight_.erase(position);
    const double took = clock_.steady_seconds() - job.started_at;
    if (result.ok() && took > 0.0) {
      speed_.record(result->engine, job.claim.plan->length_seconds(job.claim.index), took);
    }
  }
  job.session->complete(job.claim, std::move(result));
  if (job.claim.refused) wait_for_money(job);
  if (job.claim.has_paid) money_moved();
  work_->ring();
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

double Scheduler::seconds_for(const Session& session, const Plan& plan, int index) const {
  const EngineInfo& engine = session.engine().info();
  return speed_.seconds_for(engine.key, plan.length_seconds(index), engine.expected_speed);
}

double Scheduler::seconds_left(const Job& job, double now) const {
  const double expected = seconds_for(*job.session, *job.claim.plan, job.claim.index);
  return std::max(kStillNeeded * expected, expected - (now - job.started_at));
}

std::optional<double> Scheduler::seconds_until_ready(const Session& session, int wanted) const {
  const std::lock_guard guard(mutex_);
  const double now = clock_.steady_seconds();
  std::vector<double> busy_for(workers_.size(), 0.0);
  std::size_t worker = 0;
  for (const Job& job : in_flight_) {
    const double left = seconds_left(job, now);
    if (job.session.get() == &session && job.claim.index == wanted) return left;
    if (worker < busy_for.size()) busy_for[worker++] = left;
  }

  struct Waiting {
    double needed_in_seconds;
    QueuedWork work;
  };
  std::vector<Waiting> waiting;
  for (const std::shared_ptr<Session>& other : sessions_locked()) {
    const std::shared_ptr<const Plan> plan = other->plan();
    constexpr std::size_t kFarEnough = 64;
    for (const Session::Pending& pending : other->pending(kFarEnough)) {
      if (pending.index >= plan->segment_count()) continue;  // steered just now
      waiting.push_back({pending.needed_in_seconds,
                         {seconds_for(*other, *plan, pending.index),
                          other.get() == &session && pending.index == wanted}});
    }
  }
  std::stable_sort(waiting.begin(), waiting.end(), [](const Waiting& a, const Waiting& b) {
    return a.needed_in_seconds < b.needed_in_seconds;
  });
  std::vector<QueuedWork> queue;
  queue.reserve(waiting.size());
  for (const Waiting& one : waiting) queue.push_back(one.work);
  return seconds_until_done(std::move(busy_for), queue);
}

}  // namespace focus::core
