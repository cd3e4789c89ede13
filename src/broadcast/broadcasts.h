// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/mutex.h"
#include "broadcast/broadcast.h"

namespace focus::core::broadcast {

/// The broadcasts that are on, so that the listeners of one session share one. Thread-safe.
class Broadcasts {
 public:
  static constexpr int kMostOfSession = 12;
  static constexpr std::size_t kMost = 256;

  explicit Broadcasts(const Clock& clock) : clock_(clock) {}

  /// A broadcast for one that wants to listen from `start_seconds` of the session. Null where there
  /// are as many as there may be.
  std::shared_ptr<Broadcast> join_at(const session::SessionUse& session, StreamFormat format,
                                     double start_seconds);
  /// For one that wants to listen from now: where others listen; where nobody does, where the last
  /// one left, or the beginning. It begins with a part of HLS. Null as above.
  std::shared_ptr<Broadcast> join_now(const session::SessionUse& session, StreamFormat format);
  /// The one of join_now(), also for a while after it has come to the session's end; or null.
  std::shared_ptr<Broadcast> find_now(const std::string& session_id, StreamFormat format) const;

  /// How many are on.
  int count() const;
  /// Lets all go. Those that listen keep theirs.
  void let_go_all();

 private:
  struct Entry {
    std::string session_id;
    std::optional<double> start_seconds;  // nothing: from now
    std::shared_ptr<Broadcast> broadcast;
  };
  using Gone = std::vector<std::shared_ptr<Broadcast>>;

  std::shared_ptr<Broadcast> begin_locked(const session::SessionUse& session, StreamFormat format,
                                          std::optional<double> start_seconds)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  /// The newest entry of the session and the format for which `fits` is true; null for none.
  template <typename Fits>
  std::shared_ptr<Broadcast> find_locked(const std::string& session_id, StreamFormat format,
                                         Fits fits) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::optional<double> live_seconds_locked(const std::string& id) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void let_go_locked(Gone& gone) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const Clock& clock_;
  mutable Mutex mutex_{LockRank::requests};
  std::vector<Entry> entries_ ABSL_GUARDED_BY(mutex_);
  /// Where the last listener of a session left, in seconds.
  std::map<std::string, double> left_at_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::broadcast
