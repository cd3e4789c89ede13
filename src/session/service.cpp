// SPDX-License-Identifier: MIT
#include "session/service.h"

#include <algorithm>
#include <cmath>
#include <system_error>
#include <thread>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"
#include "engines/studio/studio_engine.h"
#include "store/folder_store.h"
#include "store/memory_store.h"

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
      FOCUS_ASSIGN_OR_RETURN(auto store, FolderStore::open(options.data_folder));
      return std::shared_ptr<Store>(std::move(store));
    }
    case Storage::temporary:
      break;
  }
  FOCUS_ASSIGN_OR_RETURN(auto store, FolderStore::open_temporary());
  return std::shared_ptr<Store>(std::move(store));
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

}  // namespace

absl::StatusOr<std::shared_ptr<Service>> Service::open(const ServiceOptions& options) {
  FOCUS_ASSIGN_OR_RETURN(const int worker_count, choose_worker_count(options.worker_count));
  FOCUS_ASSIGN_OR_RETURN(auto store, open_store(options));
  std::shared_ptr<Service> service;
  try {
    service.reset(new Service(options, std::move(store), worker_count));
  } catch (const std::system_error&) {
    return invalid_field("worker_count", absl::StrCat("the system starts no ", worker_count,
                                                      " threads; ask for fewer"));
  }
  FOCUS_RETURN_IF_ERROR(service->engines_.add(std::make_shared<StudioEngine>()));
  return service;
}

Service::Service(const ServiceOptions& options, std::shared_ptr<Store> store, int worker_count)
    : clock_(options.clock != nullptr ? *options.clock : Clock::system()),
      entropy_(options.entropy != nullptr ? *options.entropy : Entropy::system()),
      store_(std::move(store)),
      scheduler_(worker_count, clock_, options.log) {}

absl::StatusOr<SessionUse> Service::start(Request request) {
  FOCUS_RETURN_IF_ERROR(validate(request));
  FOCUS_ASSIGN_OR_RETURN(const auto engine, engines_.find(request.engine));
  request.engine = engine->info().key;
  if (!request.seed) request.seed = entropy_.bits();
  request.target_lufs = request.loudness_target();  // and stays so, wherever it is steered

  SessionRecord record;
  record.id = make_id(kSessionIdPrefix, entropy_);
  record.created_at = clock_.unix_seconds();
  record.plan_version = Plan::kVersion;
  record.request = std::move(request);
  const std::lock_guard coming(coming_and_going_);
  FOCUS_RETURN_IF_ERROR(store_->add_session(record));
  return adopt(record, {});
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
  return adopt(record, std::move(ready));
}

absl::StatusOr<SessionUse> Service::adopt(const SessionRecord& record,
                                          std::vector<SegmentRecord> ready) {
  Session::Parts parts;
  FOCUS_ASSIGN_OR_RETURN(parts.engine, engines_.find(record.request.engine));
  parts.fallback = engines_.default_engine();
  parts.record = record;
  parts.plan = std::make_shared<const Plan>(record.request, *record.request.seed);
  for (const Change& change : record.history) {
    if (!parts.plan->check_change(change).ok()) continue;  // laid out by another version
    parts.plan = std::make_shared<const Plan>(parts.plan, change);
  }
  parts.store = store_;
  parts.work = scheduler_.work_signal();
  parts.encoded = encoded_;
  parts.clock = &clock_;
  parts.ready = std::move(ready);
  const std::lock_guard guard(mutex_);
  std::erase_if(open_sessions_, [](const auto& entry) { return entry.second.expired(); });
  std::weak_ptr<Session>& known = open_sessions_[record.id];
  std::shared_ptr<Session> session = known.lock();
  if (!session) {
    session = std::make_shared<Session>(std::move(parts));
    known = session;
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

SessionView Service::view(const Session& session) const {
  SessionView view = session.view();
  if (!view.more_pending()) return view;
  if (const auto seconds = seconds_until_ready(session, view.ready_count)) {
    view.next_ready_at = clock_.unix_seconds() + static_cast<std::int64_t>(std::ceil(*seconds));
  }
  return view;
}

}  // namespace focus::core
