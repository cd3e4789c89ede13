// SPDX-License-Identifier: MIT
#include "session/service.h"

#include <algorithm>
#include <cmath>
#include <system_error>
#include <thread>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"
#include "engines/absent_engine.h"
#include "engines/studio/studio_engine.h"
#include "plan/planner.h"
#include "store/memory_store.h"
#include "store/open_store.h"

namespace focus::core {
namespace {

absl::StatusOr<std::shared_ptr<Store>> open_store(const ServiceOptions& options) {
  switch (options.storage) {
    case Storage::memory:
      return std::make_shared<MemoryStore>();
    case Storage::folder: {
      if (options.data_folder.empty()) {
        return invalid_field("data_folder", "is required for storage in a folder");
      }
      return open_folder_store(options.data_folder);
    }
    case Storage::temporary:
      break;
  }
  return open_temporary_store();
}

absl::StatusOr<int> choose_worker_count(int asked) {
  if (asked < 0 || asked > Service::kMostWorkers) {
    return invalid_field("worker_count", absl::StrCat("must be 1 to ", Service::kMostWorkers,
                                                      ", or 0 for one a core, not ", asked));
  }
  if (asked > 0) return asked;
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(cores, 1, Service::kMostDefaultWorkers);
}

std::shared_ptr<const Plan> plan_of(const SessionRecord& record) {
  auto plan = std::make_shared<const Plan>(planned(record.request, *record.request.seed));
  for (const Change& change : record.history) {
    if (!plan->check_change(change).ok()) continue;  // laid out by another version
    plan = std::make_shared<const Plan>(steered(*plan, change));
  }
  return plan;
}

}  // namespace

absl::StatusOr<std::shared_ptr<Service>> Service::open(const ServiceOptions& options) {
  FOCUS_ASSIGN_OR_RETURN(const int worker_count, choose_worker_count(options.worker_count));
  FOCUS_ASSIGN_OR_RETURN(auto store, open_store(options));
  const Clock& clock = options.clock != nullptr ? *options.clock : Clock::system();
  FOCUS_ASSIGN_OR_RETURN(std::shared_ptr<Budget> budget,
                         Budget::open(store->spend_ledger(), clock));
  std::shared_ptr<Service> service;
  try {
    service.reset(new Service(options, std::move(store), std::move(budget), worker_count));
  } catch (const std::system_error&) {
    return invalid_field("worker_count", absl::StrCat("the system starts no ", worker_count,
                                                      " threads; ask for fewer"));
  }
  FOCUS_RETURN_IF_ERROR(service->engines_.add(std::make_shared<StudioEngine>()));
  return service;
}

Service::Service(const ServiceOptions& options, std::shared_ptr<Store> store,
                 std::shared_ptr<Budget> budget, int worker_count)
    : clock_(options.clock != nullptr ? *options.clock : Clock::system()),
      entropy_(options.entropy != nullptr ? *options.entropy : Entropy::system()),
      log_(options.log),
      store_(std::move(store)),
      budget_(std::move(budget)),
      scheduler_(worker_count, clock_, options.log) {}

absl::StatusOr<SessionUse> Service::start(Request request, SessionOwner owner) {
  FOCUS_RETURN_IF_ERROR(validate(request));
  FOCUS_ASSIGN_OR_RETURN(const auto engine, engines_.find(request.engine));
  FOCUS_ASSIGN_OR_RETURN(const auto fallback, engines_.find(request.fallback, "fallback"));
  request.engine = engine->info().key;
  if (!request.seed) request.seed = entropy_.bits();
  request.target_lufs = request.loudness_target();  // and stays so, wherever it is steered

  SessionRecord record;
  record.id = make_id(kSessionIdPrefix, entropy_);
  record.created_at = clock_.unix_seconds();
  record.plan_version = Plan::kVersion;
  record.organization = std::move(owner.organization);
  record.caller = std::move(owner.caller);
  record.request = std::move(request);
  const std::shared_ptr<const Plan> plan = plan_of(record);
  const double longest = plan->longest_seconds();
  FOCUS_RETURN_IF_ERROR(check_length(engine->info(), longest, "segment_seconds"));
  FOCUS_RETURN_IF_ERROR(check_length(fallback->info(), longest, "fallback"));
  const std::lock_guard coming(coming_and_going_);
  FOCUS_RETURN_IF_ERROR(store_->add_session(record));
  tally_->sessions_started.fetch_add(1, std::memory_order_relaxed);
  return adopt(record, plan, {});
}

absl::StatusOr<SessionUse> Service::open_session(const std::string& id) {
  {
    const std::lock_guard guard(mutex_);
    const auto known = open_sessions_.find(id);
    if (known != open_sessions_.end()) {
      if (auto session = known->second.lock()) return SessionUse(shared_from_this(), session);
    }
  }
  const std::lock_guard coming(coming_and_going_);
  FOCUS_ASSIGN_OR_RETURN(const SessionRecord record, store_->session(id));
  FOCUS_ASSIGN_OR_RETURN(auto ready, store_->segments(id));
  // Segments of another plan would not fit; they are made again.
  if (record.plan_version != Plan::kVersion) ready.clear();
  return adopt(record, plan_of(record), std::move(ready));
}

/// A session that is opened again may ask for an engine that is not there any more.
std::shared_ptr<const MusicEngine> Service::engine_or_absent(const std::string& key) const {
  if (auto engine = engines_.find(key); engine.ok()) return *std::move(engine);
  return std::make_shared<const AbsentEngine>(key);
}

std::shared_ptr<const MusicEngine> Service::fallback_or_default(const std::string& key) const {
  if (auto engine = engines_.find(key); engine.ok()) return *std::move(engine);
  return engine_or_absent("");
}

absl::StatusOr<SessionUse> Service::adopt(const SessionRecord& record,
                                          std::shared_ptr<const Plan> plan,
                                          std::vector<SegmentRecord> ready) {
  Session::Parts parts;
  parts.engine = engine_or_absent(record.request.engine);
  parts.fallback = fallback_or_default(record.request.fallback);
  parts.last_resort = fallback_or_default("");
  parts.engines = &engines_;
  parts.budget = budget_;
  parts.record = record;
  parts.plan = std::move(plan);
  parts.store = store_;
  parts.work = scheduler_.signals();
  parts.encoded = encoded_;
  parts.tally = tally_;
  parts.clock = &clock_;
  const std::lock_guard guard(mutex_);
  // Now and then, so that a start costs the same however many there are.
  if (open_sessions_.size() >= sweep_at_) {
    std::erase_if(open_sessions_, [](const auto& entry) { return entry.second.expired(); });
    sweep_at_ = std::max(kFewSessions, 2 * open_sessions_.size());
  }
  std::weak_ptr<Session>& known = open_sessions_[record.id];
  std::shared_ptr<Session> session = known.lock();
  if (!session) {
    session = std::make_shared<Session>(std::move(parts), std::move(ready));
    known = session;
    session->stop_at_cap();
    scheduler_.add(session);
  }
  // Under the lock, so that it never looks unused in between.
  return SessionUse(shared_from_this(), std::move(session));
}

/// `open` is the session where somebody may hold it, and is no longer among the open ones.
absl::Status Service::remove_session(const std::string& id, const std::shared_ptr<Session>& open) {
  if (!open) return store_->delete_session(id, [] {});
  absl::Status removed = open->remove();
  if (!removed.ok()) {
    const std::lock_guard guard(mutex_);
    open_sessions_[id] = open;
  }
  return removed;
}

absl::Status Service::delete_session(const std::string& id) {
  const std::lock_guard going(coming_and_going_);
  std::shared_ptr<Session> open;
  {
    const std::lock_guard guard(mutex_);
    const auto known = open_sessions_.extract(id);
    if (!known.empty()) open = known.mapped().lock();
  }
  return remove_session(id, open);
}

absl::StatusOr<int> Service::delete_expired(std::int64_t unix_before) {
  const std::lock_guard going(coming_and_going_);
  FOCUS_ASSIGN_OR_RETURN(const auto ids, store_->untouched_since(unix_before));
  int deleted = 0;
  for (const std::string& id : ids) {
    std::shared_ptr<Session> open;
    {
      const std::lock_guard guard(mutex_);
      const auto known = open_sessions_.find(id);
      if (known != open_sessions_.end()) open = known->second.lock();
      if (open && open->is_used()) continue;
      open_sessions_.erase(id);
    }
    FOCUS_RETURN_IF_ERROR(remove_session(id, open));
    ++deleted;
  }
  return deleted;
}

absl::Status Service::set_engine_price(std::string_view engine, std::int64_t micros_per_minute) {
  FOCUS_RETURN_IF_ERROR(engines_.set_price(engine, micros_per_minute));
  scheduler_.terms_changed();
  return absl::OkStatus();
}

absl::Status Service::set_spend_caps(const std::optional<std::string>& organization,
                                     const SpendCaps& caps) {
  FOCUS_RETURN_IF_ERROR(budget_->set_caps(organization, caps));
  scheduler_.terms_changed();
  return absl::OkStatus();
}

Service::Load Service::load() const {
  Load load;
  {
    const std::lock_guard guard(mutex_);
    for (const auto& [id, session] : open_sessions_) load.open_sessions += !session.expired();
  }
  const Scheduler::Load work = scheduler_.load();
  load.workers = work.workers;
  load.segments_in_flight = work.in_flight;
  load.queued_segments = work.queued;
  return load;
}

SessionView Service::view(Session& session) {
  session.stop_at_cap();
  SessionView view = session.view();
  if (!view.more_pending()) return view;
  if (const auto seconds = seconds_until_ready(session, view.ready_count)) {
    view.next_ready_at = clock_.unix_seconds() + static_cast<std::int64_t>(std::ceil(*seconds));
  }
  return view;
}

}  // namespace focus::core
