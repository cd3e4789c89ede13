// SPDX-License-Identifier: MIT
#include "rest/shared_access.h"

#include <chrono>
#include <memory>
#include <set>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/guarded.h"
#include "base/thread.h"

namespace focus::core::rest {
namespace {

constexpr std::chrono::seconds kEvery(1);

}  // namespace

store::AccessKeyRecord record_of(const Caller& caller) {
  store::AccessKeyRecord record;
  record.hash = to_hex(caller.hash);
  record.name = caller.name;
  record.organizations = {caller.organizations.begin(), caller.organizations.end()};
  record.capabilities = {caller.capabilities.begin(), caller.capabilities.end()};
  record.requests_per_minute = caller.requests_per_minute;
  return record;
}

absl::StatusOr<Caller> caller_of(const store::AccessKeyRecord& record) {
  Caller caller;
  FOCUS_ASSIGN_OR_RETURN(caller.hash, key_hash_from_hex(record.hash));
  caller.name = record.name;
  caller.organizations = {record.organizations.begin(), record.organizations.end()};
  caller.capabilities = {record.capabilities.begin(), record.capabilities.end()};
  caller.requests_per_minute = record.requests_per_minute;
  return caller;
}

SharedAccess::SharedAccess(Access& access, store::Cluster& cluster, const Clock& clock, Log log)
    : access_(access), cluster_(cluster), clock_(clock), log_(std::move(log)) {
  read_keys().IgnoreError();  // what can not be read now is read a second later
  thread_ = start_thread([this] { run(); });
}

SharedAccess::~SharedAccess() {
  {
    const MutexLock lock(mutex_);
    stops_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void SharedAccess::run() noexcept {
  while (true) {
    {
      const auto next = std::chrono::steady_clock::now() + kEvery;
      const MutexLock lock(mutex_);
      while (!stops_ && stopped_.wait_until(mutex_, next)) continue;
      if (stops_) return;
    }
    const absl::Status keys = caught("reading access keys", [this] { return read_keys(); });
    const absl::Status rates = caught("sharing rate limits", [this] { return share_rates(); });
    for (const absl::Status* status : {&keys, &rates}) {
      if (status->ok() || has_fault(*status, Fault::unavailable)) continue;
      without_throwing([&] { log_.write(LogLevel::warning, std::string(message_of(*status))); });
    }
  }
}

absl::Status SharedAccess::read_keys() {
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t revision, cluster_.access_keys().revision());
  if (revision == revision_) return absl::OkStatus();
  // Access::add() writes to the shelf first: a key that is here before the list is read, and is not
  // in it, was removed by another node.
  const auto before = access_.all();
  FOCUS_ASSIGN_OR_RETURN(const auto records, cluster_.access_keys().list());
  std::set<KeyHash> listed;
  for (const store::AccessKeyRecord& record : records) {
    FOCUS_ASSIGN_OR_RETURN(Caller caller, caller_of(record));
    listed.insert(caller.hash);
    FOCUS_RETURN_IF_ERROR(access_.keep(std::move(caller)));
  }
  for (const auto& caller : before) {
    if (!listed.contains(caller->hash)) access_.forget(caller->hash).IgnoreError();
  }
  revision_ = revision;
  return absl::OkStatus();
}

absl::Status SharedAccess::share_rates() {
  const double now = clock_.steady_seconds();
  std::vector<const Caller*> active;
  const auto callers = access_.all();
  for (const auto& caller : callers) {
    if (caller->passed->has_uncounted() || caller->passed->is_recent(now)) {
      active.push_back(caller.get());
    }
  }
  return active.empty() ? absl::OkStatus() : share(active).status();
}

absl::StatusOr<std::vector<std::int64_t>> SharedAccess::share(
    const std::vector<const Caller*>& callers) {
  const double now = clock_.steady_seconds();
  std::vector<store::RateCount> counts;
  for (const Caller* caller : callers) {
    counts.push_back({to_hex(caller->hash), caller->passed->take_uncounted()});
  }
  auto totals = cluster_.rates().add(counts);
  for (std::size_t at = 0; at < callers.size(); ++at) {
    RateLimit& limit = *callers[at]->passed;
    if (totals.ok()) {
      limit.note_total(totals->requests[at], counts[at].requests,
                       now + static_cast<double>(totals->window_ends_in_ms) / 1000.0);
    } else {
      limit.give_back_uncounted(counts[at].requests);
    }
  }
  FOCUS_RETURN_IF_ERROR(totals.status());
  return std::move(totals->requests);
}

std::optional<int> SharedAccess::count_in_cluster(const Caller& caller, int limit) {
  RateLimit& passed = *caller.passed;
  if (const auto wait = passed.wait_seconds(clock_.steady_seconds(), limit)) return wait;
  const auto totals = share({&caller});
  if (!totals.ok() || totals->front() <= limit) return std::nullopt;
  passed.take_back();
  // It may pass as soon as the minute before counts for less.
  return passed.foresee(clock_.steady_seconds(), limit).value_or(1);
}

}  // namespace focus::core::rest
