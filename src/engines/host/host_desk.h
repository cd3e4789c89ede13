// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>

#include "base/mutex.h"
#include "engines/host/host_player.h"

namespace focus::core {

/// Owns a host's player and the places at which it may be called, and lets it go once it was taken
/// away and no call is under way. Shared by the engine and the threads of its calls. Thread-safe.
class HostDesk {
 public:
  HostDesk(std::unique_ptr<HostPlayer> player, int places)
      : player_(std::move(player)), places_(places) {}

  enum class Answer {
    taken,  ///< a place: `leave` gives it back
    busy,   ///< all places are taken
    stuck,  ///< all are taken by calls that nobody waits for any more
    closed  ///< the player was taken away
  };
  /// Waits up to `timeout` while it is busy.
  Answer enter(std::chrono::milliseconds timeout);
  /// The call at a place that was taken is waited for no more.
  void abandon();
  enum class Exit { usual, abandoned };
  /// Gives a place back. The player, where it was the last of a closed desk: to be let go.
  [[nodiscard]] std::unique_ptr<HostPlayer> leave(Exit exit);
  /// Nothing for none. No lock may be held: the host may do as it likes then.
  void let_go(std::unique_ptr<HostPlayer> last);

  /// No further call begins. The player goes now, or with the last call under way.
  void close();
  bool is_closed() const;
  /// Waits until the player has gone. False where it has not in that time.
  bool wait_gone(std::chrono::milliseconds timeout) const;
  /// It is never let go, since it is not safe to call it: the process is ending.
  void keep_for_ever();

  /// Valid while a place is taken.
  HostPlayer& player() { return *player_; }

 private:
  Answer answer_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::unique_ptr<HostPlayer> take_last_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::unique_ptr<HostPlayer> player_;
  const int places_;
  mutable Mutex mutex_;
  mutable CondVar changed_;
  int taken_ ABSL_GUARDED_BY(mutex_) = 0;
  int abandoned_ ABSL_GUARDED_BY(mutex_) = 0;  // of those taken
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
  bool kept_for_ever_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace focus::core
