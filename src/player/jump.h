// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>

#include "player/timeline.h"

namespace focus::core::player {

/// Sends the reader of a ring to newer values. Values are numbered from the first that was written.
struct Jump {
  std::size_t from = 0;  ///< the first value that is not read any more
  std::size_t to = 0;    ///< the value that is read instead
  Timeline timeline;     ///< where what is read from `to` on lies in the session
};

/// Hands one jump at a time from the writing thread (the feeder) to the reading one (the audio
/// thread). Wait-free: the slot belongs to the writer while it is free, and to the reader from
/// `publish` until `clear`.
class JumpSlot {
 public:
  /// [writer] Whether the last jump was taken, so that another can be published.
  bool free() const { return !set_.load(std::memory_order_acquire); }
  /// [writer] Only while free.
  void publish(const Jump& jump) {
    jump_ = jump;
    set_.store(true, std::memory_order_release);
  }
  /// [reader] The jump on its way; nullptr where there is none.
  const Jump* peek() const { return set_.load(std::memory_order_acquire) ? &jump_ : nullptr; }
  /// [reader] The jump was taken, or is dropped.
  void clear() { set_.store(false, std::memory_order_release); }

 private:
  Jump jump_;
  std::atomic<bool> set_{false};
};

}  // namespace focus::core::player
