// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace focus::core::player {

/// Sends the reader of a ring elsewhere: from value number `from` on it reads from number `to`,
/// where the session's frame `position` is.
struct Jump {
  std::size_t from = 0;
  std::size_t to = 0;
  std::int64_t position = 0;
};

/// One jump on its way from the writing to the reading thread. Wait-free.
class JumpSlot {
 public:
  /// [writer] Whether the last one was taken.
  bool free() const { return !set_.load(std::memory_order_acquire); }
  /// [writer] Only while free.
  void publish(const Jump& jump) {
    jump_ = jump;
    set_.store(true, std::memory_order_release);
  }
  /// [reader] nullptr where there is none.
  const Jump* peek() const { return set_.load(std::memory_order_acquire) ? &jump_ : nullptr; }
  /// [reader] Done with it.
  void clear() { set_.store(false, std::memory_order_release); }

 private:
  Jump jump_;
  std::atomic<bool> set_{false};
};

}  // namespace focus::core::player
