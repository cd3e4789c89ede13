// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>

#include "base/mutex.h"
#include "engines/host/host_generator.h"

namespace focus::core::engines {

/// Owns a host's generator and counts the simultaneous calls that are permitted ("places"). Once it
/// is closed and no call is in progress, it destroys the generator. Shared by the engine and by the
/// threads of its calls, which may outlive the engine. Thread-safe.
class HostPlaces {
 public:
  HostPlaces(std::unique_ptr<HostGenerator> generator, int places)
      : generator_(std::move(generator)), places_(places) {}

  enum class Answer {
    taken,  ///< a place was taken; leave() gives it back
    busy,   ///< all places are taken
    stuck,  ///< all places are taken by abandoned calls
    closed  ///< no further call may begin
  };
  /// Takes a place. Waits up to `timeout` while the answer is `busy`.
  Answer enter(std::chrono::milliseconds timeout);
  /// Notes that the call at one of the taken places was abandoned.
  void abandon();
  enum class Exit { usual, abandoned };
  /// Gives a place back. Returns the generator if this was the last call after close(); the caller
  /// must then pass it to let_go().
  [[nodiscard]] std::unique_ptr<HostGenerator> leave(Exit exit);
  /// Destroys the generator. Does nothing for null. The caller must not hold a lock, because this
  /// runs code of the host.
  void let_go(std::unique_ptr<HostGenerator> last);

  /// Permits no further call. The generator is destroyed now or when the last call in progress
  /// returns.
  void close();
  bool is_closed() const;
  /// Waits until the generator was destroyed. Returns false on timeout.
  bool wait_gone(std::chrono::milliseconds timeout) const;
  /// From now on the generator is never destroyed but leaked, because the host's code must not be
  /// called any more: the process is ending.
  void keep_for_ever();

  /// Valid while the caller holds a place.
  HostGenerator& generator() { return *generator_; }

 private:
  Answer answer_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::unique_ptr<HostGenerator> take_last_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::unique_ptr<HostGenerator> generator_;
  const int places_;
  mutable Mutex mutex_;
  mutable CondVar changed_;
  int taken_ ABSL_GUARDED_BY(mutex_) = 0;
  int abandoned_ ABSL_GUARDED_BY(mutex_) = 0;  // of those taken
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
  bool kept_for_ever_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace focus::core::engines
