// SPDX-License-Identifier: MIT
#include "rest/session_uses.h"

#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/ids.h"

namespace focus::core::rest {
namespace {

constexpr double kLookEverySeconds = 30.0;

absl::Status unknown() {
  return with_field(fault_error(Fault::not_found, "no such session"), "session_id");
}

}  // namespace

SessionUses::Counts SessionUses::count_active_locked(const session::SessionOwner& owner) const {
  Counts counts;
  const auto count = [&](const std::string& organization, const std::string& caller) {
    if (organization != owner.organization) return;
    ++counts.of_organization;
    if (caller == owner.caller) ++counts.of_key;
  };
  const auto own = by_organization_.find(owner.organization);
  if (own != by_organization_.end()) {
    for (const std::string& id : own->second) {
      const session::Session& session = **entries_.at(id).use;
      if (session.is_active()) count(owner.organization, session.record().caller);
    }
  }
  for (const auto& [number, starting] : slots_) count(starting.organization, starting.caller);
  return counts;
}

SessionUses::Slot SessionUses::reserve(const session::SessionOwner& owner, const Bounds& bounds,
                                       std::string& why) {
  constexpr char kRemedy[] =
      " active sessions, as many as it may have at a time; end one, or wait until one is complete";
  const MutexLock guard(mutex_);
  const bool is_bound = bounds.per_key >= 0 || bounds.per_organization >= 0;
  const Counts active = is_bound ? count_active_locked(owner) : Counts();
  if (bounds.per_key >= 0 && active.of_key >= bounds.per_key) {
    why = absl::StrCat("sessions_per_key: the caller has ", active.of_key, kRemedy);
    return nullptr;
  }
  if (bounds.per_organization >= 0 && active.of_organization >= bounds.per_organization) {
    why = absl::StrCat("sessions_per_organization: the organization has ", active.of_organization,
                       kRemedy);
    return nullptr;
  }
  const std::uint64_t number = ++last_slot_;
  slots_.emplace_back(number, owner);
  return Slot(this, [this, number](void*) {
    const MutexLock lock(mutex_);
    std::erase_if(slots_, [number](const auto& slot) { return slot.first == number; });
  });
}

absl::StatusOr<SessionUses::Use> SessionUses::start(plan::Request request,
                                                    const session::SessionOwner& owner,
                                                    const std::string& request_key) {
  FOCUS_ASSIGN_OR_RETURN(session::SessionUse use,
                         service_->start(std::move(request), owner, request_key));
  return keep(std::move(use));
}

absl::StatusOr<SessionUses::Use> SessionUses::find(const std::string& id,
                                                   const session::SessionOwner& owner) {
  if (Use use = known(id)) {
    return owner.owns((*use)->record()) ? absl::StatusOr<Use>(std::move(use)) : unknown();
  }
  if (!is_session_id(id)) return unknown();
  // Checks the owner before the session is opened: a request of somebody else must not start any
  // work.
  FOCUS_ASSIGN_OR_RETURN(const store::SessionRecord record, service_->store().sessions().find(id));
  if (!owner.owns(record)) return unknown();
  return open(id);
}

absl::StatusOr<SessionUses::Use> SessionUses::find(const std::string& id) {
  if (Use use = known(id)) return use;
  if (!is_session_id(id)) return unknown();
  return open(id);
}

absl::StatusOr<SessionUses::Use> SessionUses::open(const std::string& id) {
  FOCUS_ASSIGN_OR_RETURN(session::SessionUse use, service_->open_session(id));
  return keep(std::move(use));
}

SessionUses::Use SessionUses::known(const std::string& id) {
  const double now = service_->clock().steady_seconds();
  const MutexLock guard(mutex_);
  const auto found = entries_.find(id);
  if (found == entries_.end() || (*found->second.use)->is_removed()) return nullptr;
  found->second.asked_at = now;
  return found->second.use;
}

SessionUses::Use SessionUses::keep(session::SessionUse use) {
  const double now = service_->clock().steady_seconds();
  auto kept = std::make_shared<const session::SessionUse>(std::move(use));
  std::vector<Use> gone;  // destroyed after the lock is released
  const MutexLock guard(mutex_);
  if (now - looked_at_ >= kLookEverySeconds) let_go_locked(now, gone);
  Entry& entry = entries_[(*kept)->id()];
  if (entry.use) gone.push_back(std::move(entry.use));
  entry = {kept, now};
  by_organization_[(*kept)->record().organization].insert((*kept)->id());
  return kept;
}

void SessionUses::let_go_idle() {
  std::vector<Use> gone;
  const MutexLock guard(mutex_);
  let_go_locked(service_->clock().steady_seconds(), gone);
}

void SessionUses::let_go_all() {
  std::map<std::string, Entry> gone;
  const MutexLock guard(mutex_);
  gone.swap(entries_);
  by_organization_.clear();
}

void SessionUses::let_go_locked(double now, std::vector<Use>& gone) {
  looked_at_ = now;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const session::Session& session = **entry->second.use;
    const bool idle = now - entry->second.asked_at > kKeptSeconds && !session.work().is_at_work();
    if (!idle) {
      ++entry;
      continue;
    }
    const auto others = by_organization_.find(session.record().organization);
    others->second.erase(entry->first);
    if (others->second.empty()) by_organization_.erase(others);
    gone.push_back(std::move(entry->second.use));
    entry = entries_.erase(entry);
  }
}

}  // namespace focus::core::rest
