// SPDX-License-Identifier: MIT
#include "engines/library/programmes.h"

#include <algorithm>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::engines {
namespace {

constexpr std::size_t kMostProgrammes = 32;
constexpr std::size_t kMostSnapshots = 3;
constexpr std::size_t kMostGenerations = 10'000;
constexpr double kLeastSeconds = 900.0;
constexpr double kSpareSeconds = 120.0;

}  // namespace

absl::StatusOr<std::shared_ptr<const LibrarySnapshot>> Programmes::snapshot(
    std::int64_t generation) {
  {
    const MutexLock lock(mutex_);
    const auto found = snapshots_.find(generation);
    if (found != snapshots_.end()) return found->second;
  }
  FOCUS_ASSIGN_OR_RETURN(auto read, catalogue_.snapshot(generation));
  const MutexLock lock(mutex_);
  snapshots_[generation] = read;
  // Programmes keep theirs.
  while (snapshots_.size() > kMostSnapshots) {
    const auto oldest = snapshots_.begin();
    snapshots_.erase(oldest->first == generation ? std::next(oldest) : oldest);
  }
  return read;
}

absl::StatusOr<std::shared_ptr<const LibrarySnapshot>> Programmes::snapshot_for(
    const plan::Brief& brief) {
  if (brief.session_id.empty()) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t newest, catalogue_.generation());
    return snapshot(newest);
  }
  const std::string session = absl::StrCat(brief.session_id, "/", brief.seed);
  std::int64_t generation = -1;
  {
    const MutexLock lock(mutex_);
    const auto found = generations_.find(session);
    if (found != generations_.end()) generation = found->second;
  }
  if (generation < 0) {
    FOCUS_ASSIGN_OR_RETURN(generation, catalogue_.generation_of(session));
    const MutexLock lock(mutex_);
    if (generations_.size() >= kMostGenerations) generations_.clear();  // the catalogue knows
    generations_[session] = generation;
  }
  return snapshot(generation);
}

absl::StatusOr<std::shared_ptr<const Programme>> Programmes::of(const plan::Brief& brief) {
  const TrackWish wish = wish_of(brief);
  FOCUS_ASSIGN_OR_RETURN(const auto snapshot, snapshot_for(brief));
  const double end = brief.start_seconds + brief.length_seconds();
  // One makes it, and the others have it.
  const MutexLock making(making_mutex_);
  {
    const MutexLock lock(mutex_);
    for (auto kept = kept_.begin(); kept != kept_.end(); ++kept) {
      const Programme& programme = *kept->programme;
      if (kept->session_id != brief.session_id || programme.wish() != wish ||
          programme.snapshot().generation != snapshot->generation ||
          static_cast<double>(programme.end()) < 100.0 * end) {
        continue;
      }
      auto found = kept->programme;
      std::rotate(kept, kept + 1, kept_.end());
      return found;
    }
  }
  // A night is planned part by part: what comes later does not change what comes before.
  const double ahead = std::min(brief.session_seconds, std::max(2.0 * end, kLeastSeconds));
  const double wanted = std::max(ahead, end) + kSpareSeconds;
  FOCUS_ASSIGN_OR_RETURN(
      auto made, Programme::make(snapshot, wish, wanted,
                                 [this](std::int64_t id) { return catalogue_.detail(id); }));
  const MutexLock lock(mutex_);
  kept_.push_back({brief.session_id, made});
  if (kept_.size() > kMostProgrammes) kept_.pop_front();
  return made;
}

std::shared_ptr<const Programme> Programmes::last_of(const std::string& session_id) const {
  const MutexLock lock(mutex_);
  for (auto kept = kept_.rbegin(); kept != kept_.rend(); ++kept) {
    if (kept->session_id == session_id) return kept->programme;
  }
  return nullptr;
}

absl::StatusOr<std::size_t> Programmes::track_count() {
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t newest, catalogue_.generation());
  FOCUS_ASSIGN_OR_RETURN(const auto now, snapshot(newest));
  return now->tracks.size();
}

}  // namespace focus::core::engines
