// SPDX-License-Identifier: MIT
#include "session/service.h"

#include <algorithm>
#include <cmath>
#include <system_error>
#include <thread>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

#include "base/guarded.h"
#include "base/ids.h"
#include "engines/absent_engine.h"
#include "engines/built_in.h"
#include "engines/scenery.h"
#include "session/replay.h"
#include "store/cluster.h"
#include "store/open_cluster.h"
#include "store/open_store.h"

namespace focus::core::session {
namespace {

Clock& clock_of(const ServiceOptions& options) {
  return options.clock != nullptr ? *options.clock : Clock::system();
}

Entropy& entropy_of(const ServiceOptions& options) {
  return options.entropy != nullptr ? *options.entropy : Entropy::system();
}

absl::StatusOr<std::shared_ptr<store::Store>> open_store(const ServiceOptions& options) {
  switch (options.storage) {
    case Storage::memory:
      return store::open_memory_store();
    case Storage::folder: {
      if (options.data_folder.empty()) {
        return invalid_field("data_folder", "is required for storage in a folder");
      }
      return store::open_folder_store(options.data_folder,
                                      options.disk != nullptr ? *options.disk : DiskSync::system());
    }
    case Storage::cluster:
      return store::open_cluster_store(options.cluster, clock_of(options), entropy_of(options));
    case Storage::temporary:
      break;
  }
  return store::open_temporary_store();
}

/// A name that no other service on the store has, now or after it was killed.
absl::StatusOr<std::string> choose_node(const std::string& asked, Entropy& entropy) {
  constexpr std::size_t kLongest = 32;
  const bool is_plain = std::all_of(asked.begin(), asked.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
  if (!is_plain || asked.size() > kLongest) {
    return invalid_field(
        "node", absl::StrCat("must be at most ", kLongest, " letters, digits, '_' and '-'"));
  }
  return make_id(absl::StrCat(asked.empty() ? "node" : asked, "_"), entropy);
}

absl::StatusOr<int> choose_worker_count(int asked, Storage storage) {
  if (asked == Service::kNoWorkers && storage == Storage::cluster) return 0;
  if (asked < 0 || asked > Service::kMostWorkers) {
    return invalid_field("worker_count", absl::StrCat("must be 1 to ", Service::kMostWorkers,
                                                      ", or 0 for one a core, not ", asked));
  }
  if (asked > 0) return asked;
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(cores, 1, Service::kMostDefaultWorkers);
}

}  // namespace

absl::StatusOr<std::shared_ptr<Service>> Service::open(const ServiceOptions& options) {
  FOCUS_ASSIGN_OR_RETURN(const int worker_count,
                         choose_worker_count(options.worker_count, options.storage));
  FOCUS_ASSIGN_OR_RETURN(auto store, open_store(options));
  FOCUS_ASSIGN_OR_RETURN(std::string node, choose_node(options.node, entropy_of(options)));
  auto budget = std::make_shared<Budget>(store->ledger(), clock_of(options), node);
  std::shared_ptr<Service> service;
  try {
    service.reset(
        new Service(options, std::move(store), std::move(budget), std::move(node), worker_count));
  } catch (const std::system_error&) {
    return invalid_field("worker_count", absl::StrCat("the system starts no ", worker_count,
                                                      " threads; ask for fewer"));
  }
  FOCUS_RETURN_IF_ERROR(engines::add_built_in(service->engines_));
  return service;
}

Service::Service(const ServiceOptions& options, std::shared_ptr<store::Store> store,
                 std::shared_ptr<Budget> budget, std::string node, int worker_count)
    : clock_(clock_of(options)),
      entropy_(entropy_of(options)),
      log_(options.log),
      store_(std::move(store)),
      budget_(std::move(budget)),
      stored_(std::make_shared<StoredBytes>(*store_)),
      node_(std::move(node)),
      shared_(store_->cluster() == nullptr
                  ? nullptr
                  : std::make_unique<SharedWork>(*store_->cluster(), node_, engines_, *budget_,
                                                 clock_)),
      watch_(store_->cluster() == nullptr
                 ? nullptr
                 : std::make_unique<ClusterWatch>(*store_->cluster(), node_, options.log)),
      scheduler_(worker_count, clock_, options.log, tally_, shared_.get()) {
  if (shared_) shared_->start([this](const std::string& id) { return session_to_work_for(id); });
}

absl::StatusOr<SessionUse> Service::start(plan::Request request, SessionOwner owner,
                                          const std::string& request_key) {
  FOCUS_RETURN_IF_ERROR(validate(request));
  FOCUS_RETURN_IF_ERROR(engines::check_scenes(request));
  FOCUS_ASSIGN_OR_RETURN(const auto engine, engines_.find(request.engine));
  FOCUS_ASSIGN_OR_RETURN(const auto fallback, engines_.find(request.fallback, "fallback"));
  request.engine = engine->info().key;
  if (!request.seed) request.seed = entropy_.bits();

  store::SessionRecord record;
  record.id = make_id(kSessionIdPrefix, entropy_);
  record.created_at = clock_.unix_seconds();
  record.plan_version = plan::Plan::kVersion;
  record.organization = std::move(owner.organization);
  record.caller = std::move(owner.caller);
  record.request = std::move(request);
  const std::shared_ptr<const plan::Plan> plan = replay(record);
  const double longest = plan->longest_seconds();
  FOCUS_RETURN_IF_ERROR(check_length(engine->info(), longest, "segment_seconds"));
  FOCUS_RETURN_IF_ERROR(check_length(fallback->info(), longest, "fallback"));
  FOCUS_RETURN_IF_ERROR(store_->sessions().add(record, request_key));
  // No call of the store may fail from here on: it could not be asked to take the session back.
  auto use = caught("starting a session", [&]() -> absl::StatusOr<SessionUse> {
    auto session = adopt(record, plan, {}, 0);
    return SessionUse(shared_from_this(), std::move(session));
  });
  if (!use.ok()) {  // nobody knows of it, so it does not stay in the store
    without_throwing([&] { store_->sessions().remove(record.id).IgnoreError(); });
    return use;
  }
  tally_->sessions_started.fetch_add(1, std::memory_order_relaxed);
  return use;
}

std::optional<SessionUse> Service::use_open(const std::string& id) {
  const MutexLock lock(mutex_);
  const auto known = open_sessions_.find(id);
  if (known == open_sessions_.end()) return std::nullopt;
  std::shared_ptr<Session> session = known->second.lock();
  if (!session) return std::nullopt;
  // Under the mutex, so that delete_expired never sees it unused in between.
  return SessionUse(shared_from_this(), std::move(session));
}

absl::StatusOr<SessionUse> Service::open_session(const std::string& id) {
  if (auto use = use_open(id)) {
    if (store_->cluster() == nullptr) return *std::move(use);
    // Of a cluster it may be open for the work alone, and know no more than that.
    FOCUS_RETURN_IF_ERROR((*use)->work().follow());
    if ((*use)->is_removed()) return store::no_session(id);
    return *std::move(use);
  }
  const IdGate::Pass pass(gate_, id);  // so that delete_expired does not see it unused
  if (auto use = use_open(id)) return *std::move(use);  // another thread has opened it meanwhile
  FOCUS_ASSIGN_OR_RETURN(auto session, load(id));
  return SessionUse(shared_from_this(), std::move(session));
}

absl::StatusOr<std::shared_ptr<Session>> Service::session_to_work_for(const std::string& id) {
  if (auto session = find_open(id)) return session;
  const IdGate::Pass pass(gate_, id);
  if (auto session = find_open(id)) return session;
  return load(id);
}

std::shared_ptr<Session> Service::find_open(const std::string& id) const {
  const MutexLock lock(mutex_);
  const auto known = open_sessions_.find(id);
  return known == open_sessions_.end() ? nullptr : known->second.lock();
}

absl::StatusOr<std::shared_ptr<Session>> Service::load(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(store::SessionRecord record, store_->sessions().find(id));
  const bool is_of_other_plan = record.plan_version != plan::Plan::kVersion;
  if (is_of_other_plan && store_->cluster() != nullptr) {
    // A conflict while nodes live that make segments of that plan: theirs must not be wiped.
    const absl::Status adopted = store_->cluster()->board().adopt_plan(id, plan::Plan::kVersion);
    if (has_fault(adopted, Fault::conflict)) {
      return unavailable(
          "the session is served by nodes of another version until the last of them "
          "has stopped");
    }
    FOCUS_RETURN_IF_ERROR(adopted);
  }
  FOCUS_ASSIGN_OR_RETURN(auto ready, store_->segments().list(id));
  if (is_of_other_plan && store_->cluster() == nullptr) {
    // Segments of another plan would not fit; they are made again.
    for (const store::SegmentRecord& segment : ready) {
      FOCUS_RETURN_IF_ERROR(store_->segments().forget(id, segment.index));
    }
    ready.clear();
  }
  FOCUS_ASSIGN_OR_RETURN(const store::Spend spent, budget_->spent_by(id));
  return adopt(record, replay(record), std::move(ready), spent.settled);
}

/// A session that is opened again may ask for an engine that is not there any more.
std::shared_ptr<const engines::MusicEngine> Service::engine_or_absent(
    const std::string& key) const {
  if (auto engine = engines_.find(key); engine.ok()) return *std::move(engine);
  return std::make_shared<const engines::AbsentEngine>(key);
}

std::shared_ptr<const engines::MusicEngine> Service::fallback_or_default(
    const std::string& key) const {
  if (auto engine = engines_.find(key); engine.ok()) return *std::move(engine);
  return engine_or_absent("");
}

std::shared_ptr<Session> Service::adopt(const store::SessionRecord& record,
                                        std::shared_ptr<const plan::Plan> plan,
                                        std::vector<store::SegmentRecord> ready,
                                        std::int64_t spent_micros) {
  SessionParts parts;
  parts.engine = engine_or_absent(record.request.engine);
  parts.fallback = fallback_or_default(record.request.fallback);
  parts.last_resort = fallback_or_default("");
  parts.engines = &engines_;
  parts.budget = budget_;
  parts.stored = stored_;
  parts.record = record;
  parts.plan = std::move(plan);
  parts.store = store_;
  parts.work = scheduler_.signals();
  parts.clock = &clock_;
  parts.node = node_;
  parts.spent_micros = spent_micros;
  const std::shared_ptr<Session> session = Session::create(std::move(parts), std::move(ready));
  session->work().stop_at_cap();
  {
    const MutexLock lock(mutex_);
    // Now and then, so that a start costs the same however many sessions there are.
    if (open_sessions_.size() >= sweep_at_) {
      std::erase_if(open_sessions_, [](const auto& entry) { return entry.second.expired(); });
      sweep_at_ = std::max(kFewSessions, 2 * open_sessions_.size());
    }
    open_sessions_[record.id] = session;
  }
  scheduler_.add(session);
  if (watch_) watch_->follow(session);
  return session;
}

absl::Status Service::remove_session(const std::string& id, Removal removal) {
  const IdGate::Pass pass(gate_, id);
  std::shared_ptr<Session> open;
  {
    const MutexLock lock(mutex_);
    const auto known = open_sessions_.find(id);
    if (known != open_sessions_.end()) open = known->second.lock();
    if (removal == Removal::unless_used && open && open->is_used()) {
      return conflict("session_id", "the session is used");
    }
    if (known != open_sessions_.end()) open_sessions_.erase(known);
  }
  if (!open) return store_->sessions().remove(id);
  absl::Status removed = open->remove();
  if (!removed.ok()) {
    const MutexLock lock(mutex_);
    open_sessions_[id] = open;
  }
  return removed;
}

absl::Status Service::delete_session(const std::string& id) {
  FOCUS_RETURN_IF_ERROR(remove_session(id, Removal::in_any_case));
  make_use_of_room();
  return absl::OkStatus();
}

void Service::make_use_of_room() {
  stored_->note_removed();
  if (stored_->look_again()) scheduler_.terms_changed();
}

absl::StatusOr<int> Service::delete_expired(std::int64_t unix_before) {
  if (store::Cluster* const cluster = store_->cluster()) {
    FOCUS_ASSIGN_OR_RETURN(const bool is_mine, cluster->duties().take("expire", node_));
    if (!is_mine) return 0;
  }
  FOCUS_ASSIGN_OR_RETURN(const auto ids, store_->sessions().untouched_since(unix_before));
  int deleted = 0;
  for (const std::string& id : ids) {
    const absl::Status removed = remove_session(id, Removal::unless_used);
    if (removed.ok()) ++deleted;
    // Used by somebody, or deleted by somebody else in the meantime.
    const bool is_passed_over = has_fault(removed, Fault::conflict) || is_not_found(removed);
    if (!removed.ok() && !is_passed_over) return removed;
  }
  if (deleted > 0) make_use_of_room();
  return deleted;
}

absl::Status Service::set_engine_price(std::string_view engine, std::int64_t micros_per_minute) {
  FOCUS_RETURN_IF_ERROR(engines_.set_price(engine, micros_per_minute));
  scheduler_.terms_changed();
  return absl::OkStatus();
}

absl::Status Service::set_spend_caps(const std::optional<std::string>& organization,
                                     const store::SpendCaps& caps) {
  FOCUS_RETURN_IF_ERROR(budget_->set_caps(organization, caps));
  scheduler_.terms_changed();
  return absl::OkStatus();
}

absl::Status Service::set_stored_bounds(const StoredBytes::Bounds& bounds) {
  FOCUS_RETURN_IF_ERROR(stored_->set_bounds(bounds));
  scheduler_.terms_changed();
  return absl::OkStatus();
}

std::optional<std::string> Service::stored_bound_reached(const SessionOwner& owner) {
  auto reached = stored_->full(owner.organization, owner.caller);
  if (!reached || !stored_->look_again()) return reached;
  scheduler_.terms_changed();
  return stored_->full(owner.organization, owner.caller);
}

void Service::note_stored(const SessionOwner& owner, std::int64_t bytes) {
  stored_->add(owner.organization, owner.caller, bytes);
}

Service::Load Service::load() const {
  Load load;
  {
    const MutexLock lock(mutex_);
    for (const auto& [id, session] : open_sessions_) load.open_sessions += !session.expired();
  }
  const Scheduler::Load work = scheduler_.load();
  load.workers = work.workers;
  load.segments_in_flight = work.in_flight;
  load.queued_segments = work.queued;
  return load;
}

absl::StatusOr<SessionView> Service::view(const std::string& id) {
  std::shared_ptr<Session> open;
  {
    const MutexLock lock(mutex_);
    const auto known = open_sessions_.find(id);
    if (known != open_sessions_.end()) open = known->second.lock();
  }
  if (open) return view(*open);
  FOCUS_ASSIGN_OR_RETURN(store::SessionRecord record, store_->sessions().find(id));
  FOCUS_ASSIGN_OR_RETURN(auto ready, store_->segments().list(id));
  FOCUS_ASSIGN_OR_RETURN(const store::Spend spent, budget_->spent_by(id));
  return view_of(std::move(record), std::move(ready), spent.settled);
}

SessionView Service::view(Session& session) {
  session.work().stop_at_cap();
  SessionView view = session.view();
  if (!view.more_pending()) return view;
  if (const auto seconds = seconds_until_ready(session, view.ready_count)) {
    view.next_ready_at = clock_.unix_seconds() + static_cast<std::int64_t>(std::ceil(*seconds));
  }
  return view;
}

}  // namespace focus::core::session
