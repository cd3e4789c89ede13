// SPDX-License-Identifier: MIT
#include "session/stored_bytes.h"

#include <algorithm>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::session {
namespace {

template <typename Sums, typename Name>
std::int64_t sum_of(const Sums& sums, const Name& name) {
  const auto found = sums.find(name);
  return found == sums.end() ? 0 : found->second;
}

std::string refusal(const char* bound, const char* who, std::int64_t stored, std::int64_t most) {
  return absl::StrCat(bound, ": the ", who, " has ", stored, " bytes of audio, and may have ", most,
                      "; remove sessions or tracks first");
}

}  // namespace

absl::Status StoredBytes::set_bounds(const Bounds& bounds) {
  bool reads = false;
  {
    const MutexLock lock(mutex_);
    bounds_ = bounds;
    reads = !is_read_ && (bounds.per_key || bounds.per_organization);
  }
  return reads ? read_sums() : absl::OkStatus();
}

/// What is kept while the store is asked is counted twice at most, until the next look.
absl::Status StoredBytes::read_sums() {
  FOCUS_ASSIGN_OR_RETURN(const auto owners, store_.bytes_by_owner());
  const MutexLock lock(mutex_);
  is_read_ = true;
  by_owner_.clear();
  by_organization_.clear();
  for (const store::OwnerBytes& one : owners) {
    by_owner_[{one.organization, one.caller}] += one.bytes;
    by_organization_[one.organization] += one.bytes;
  }
  return absl::OkStatus();
}

std::optional<std::string> StoredBytes::full_locked(const Owner& owner) const {
  const auto& [organization, caller] = owner;
  if (organization.empty() && caller.empty()) return std::nullopt;
  const std::int64_t of_key = sum_of(by_owner_, owner);
  if (bounds_.per_key && of_key >= *bounds_.per_key) {
    return refusal("stored_bytes_per_key", "caller", of_key, *bounds_.per_key);
  }
  const std::int64_t of_organization = sum_of(by_organization_, organization);
  if (bounds_.per_organization && of_organization >= *bounds_.per_organization) {
    return refusal("stored_bytes_per_organization", "organization", of_organization,
                   *bounds_.per_organization);
  }
  return std::nullopt;
}

std::optional<std::string> StoredBytes::full(const std::string& organization,
                                             const std::string& caller) const {
  const MutexLock lock(mutex_);
  return full_locked({organization, caller});
}

void StoredBytes::add(const std::string& organization, const std::string& caller,
                      std::int64_t bytes) {
  const MutexLock lock(mutex_);
  if (!is_read_) return;  // the store will tell
  by_owner_[{organization, caller}] += bytes;
  by_organization_[organization] += bytes;
}

void StoredBytes::note_removed() {
  const MutexLock lock(mutex_);
  is_stale_ = true;
}

bool StoredBytes::look_again() {
  {
    const MutexLock lock(mutex_);
    const bool somebody_is_full = std::any_of(
        by_owner_.begin(), by_owner_.end(), [this](const auto& one) ABSL_NO_THREAD_SAFETY_ANALYSIS {
          return full_locked(one.first).has_value();
        });
    if (!is_stale_ || !somebody_is_full) return false;
    is_stale_ = false;
  }
  if (read_sums().ok()) return true;
  note_removed();  // the next look tries again
  return false;
}

}  // namespace focus::core::session
