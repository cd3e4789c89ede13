// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/mutex.h"
#include "session/session.h"

namespace focus::core::session {

/// The sessions that could not pay for a segment. They try again once money has moved: a hold was
/// spent or came back, or caps or prices have changed. Thread-safe.
class MoneyWaiters {
 public:
  /// How often money has moved so far. A worker reads it before it pays.
  std::uint64_t moves() const;
  /// The session was refused money. Where money has moved since `seen` was read, all that wait try
  /// again at once.
  void add(const std::shared_ptr<Session>& session, std::uint64_t seen) noexcept;
  /// Lets all that wait try again.
  void money_moved() noexcept;

 private:
  mutable Mutex mutex_;
  std::uint64_t moves_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::weak_ptr<Session>> waiting_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace focus::core::session
