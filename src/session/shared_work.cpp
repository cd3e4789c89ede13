// SPDX-License-Identifier: MIT
#include "session/shared_work.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/guarded.h"
#include "plan/plan.h"

namespace focus::core::session {
namespace {

/// How long the node takes no segment after one that it could not begin: the board would offer it
/// the same one at once.
constexpr double kQuietSeconds = 1.0;

}  // namespace

void SharedWork::start(Open open) {
  const MutexLock lock(mutex_);
  open_ = std::move(open);
}

bool SharedWork::publish(Session& session) {
  const auto wanted = session.work().wants_to_tell();
  if (!wanted) {
    // The board passes over what no money is left for, and tells nobody.
    session.work().stop_at_cap();
    return true;
  }
  const absl::Status told =
      caught("telling what a session wants", [&] { return cluster_.board().want(*wanted); });
  if (told.ok()) return true;
  session.work().tell_again();
  if (is_not_found(told)) return true;  // removed: nobody makes it
  // The session was steered on another node. follow() marks it, so it is published again.
  return has_fault(told, Fault::conflict) && session.work().follow().ok();
}

store::NextClaimRequest SharedWork::request(const Playing& playing) const {
  store::NextClaimRequest request;
  request.node = node_;
  request.plan_version = plan::Plan::kVersion;
  request.lease_ms = std::chrono::milliseconds(SegmentWork::kLease).count();
  request.day = clock_.unix_seconds() / kSecondsPerDay;
  request.caps = [this](const std::string& organization) { return budget_.caps_of(organization); };
  for (const auto& engine : engines_.list()) {
    const engines::EngineInfo& info = engine->info();
    const auto plays = playing.find(engine.get());
    const bool is_full =
        info.concurrency > 0 && plays != playing.end() && plays->second >= info.concurrency;
    if (!is_full) request.engines.push_back({info.key, info.version});
  }
  return request;
}

absl::StatusOr<std::shared_ptr<Session>> SharedWork::open(const std::string& id) {
  Open open;
  {
    const MutexLock lock(mutex_);
    if (!open_) return cancelled_error();
    open = open_;
  }
  FOCUS_ASSIGN_OR_RETURN(std::shared_ptr<Session> session, open(id));
  std::list<std::shared_ptr<Session>> gone;  // released after the mutex
  const MutexLock lock(mutex_);
  const auto known = std::find(kept_.begin(), kept_.end(), session);
  if (known != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, known);
  } else {
    kept_.push_front(session);
  }
  if (kept_.size() > kKeptOpen) gone.splice(gone.begin(), kept_, std::prev(kept_.end()));
  return session;
}

absl::StatusOr<SharedWork::Taken> SharedWork::begin(const store::NextClaim& next) {
  FOCUS_ASSIGN_OR_RETURN(std::shared_ptr<Session> session, open(next.session_id));
  SegmentWork& work = session->work();
  if (work.changes() != next.changes) FOCUS_RETURN_IF_ERROR(work.follow());
  auto claim = work.take_claimed(next, clock_.steady_seconds());
  if (!claim) return cancelled_error();
  return Taken{std::move(session), *std::move(claim)};
}

std::optional<SharedWork::Taken> SharedWork::take(const Playing& playing) {
  {
    const MutexLock lock(mutex_);
    if (!open_ || clock_.steady_seconds() < quiet_until_) return std::nullopt;
  }
  if (!cluster_.check_room().ok()) return std::nullopt;
  const auto next = cluster_.board().claim_next(request(playing));
  if (!next.ok() || !*next) return std::nullopt;
  const store::NextClaim& claimed = **next;
  auto taken = caught("beginning a segment", [&] { return begin(claimed); });
  if (taken.ok()) return *std::move(taken);
  const bool is_lost = SegmentWork::is_given_up(taken.status()) || is_not_found(taken.status());
  without_throwing([&] {
    store::SharedBoard& board = cluster_.board();
    if (is_lost) {
      board.give_up(claimed.session_id, claimed.index, claimed.epoch).IgnoreError();
    } else {
      board.fail(claimed.session_id, claimed.index, claimed.epoch).status().IgnoreError();
    }
  });
  const MutexLock lock(mutex_);
  quiet_until_ = clock_.steady_seconds() + kQuietSeconds;
  return std::nullopt;
}

}  // namespace focus::core::session
