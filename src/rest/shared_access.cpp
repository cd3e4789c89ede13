// SPDX-License-Identifier: MIT
#include "rest/shared_access.h"

#include <algorithm>
#include <chrono>
#include <memory>
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
  FOCUS_ASSIGN_OR_RETURN(const auto records, cluster_.access_keys().list());
  std::vector<KeyHash> listed;
  for (const store::AccessKeyRecord& record : records) {
    FOCUS_ASSIGN_OR_RETURN(Caller caller, caller_of(record));
    listed.push_back(caller.hash);
    FOCUS_RETURN_IF_ERROR(access_.keep(std::move(caller)));
  }
  for (const KeyHash& hash : known_) {
    if (std::find(listed.begin(), listed.end(), hash) == listed.end()) {
      access_.forget(hash).IgnoreError();  // it may be gone from here already
    }
  }
  known_ = std::move(listed);
  revision_ = revision;
  return absl::OkStatus();
}

absl::Status SharedAccess::share_rates() {
  const double now = clock_.steady_seconds();
  std::vector<std::shared_ptr<const Caller>> callers = access_.all();
  std::vector<store::RateCount> counts;
  for (const auto& caller : callers) {
    counts.push_back({to_hex(caller->hash), caller->passed->take_uncounted()});
  }
  // What nobody has asked for lately need not be told, nor heard of.
  std::size_t kept = 0;
  for (std::size_t at = 0; at < counts.size(); ++at) {
    if (counts[at].requests == 0 && !callers[at]->passed->is_recent(now)) continue;
    counts[kept] = std::move(counts[at]);
    callers[kept++] = callers[at];
  }
  counts.resize(kept);
  callers.resize(kept);
  if (counts.empty()) return absl::OkStatus();
  const auto totals = cluster_.rates().add(counts);
  for (std::size_t at = 0; at < kept; ++at) {
    RateLimit& limit = *callers[at]->passed;
    if (totals.ok()) {
      limit.note_total(totals->requests[at], counts[at].requests,
                       now + static_cast<double>(totals->window_ends_in_ms) / 1000.0);
    } else {
      limit.give_back_uncounted(counts[at].requests);
    }
  }
  return totals.status();
}

}  // namespace focus::core::rest
