// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace focus::core::rest {

/// Counts the responses since the service was opened, for /metrics. Thread-safe.
class Traffic {
 public:
  void count(int status) {
    const auto kind = static_cast<std::size_t>(status / 100);
    if (kind < by_kind_.size()) by_kind_[kind].fetch_add(1, std::memory_order_relaxed);
  }
  /// The number of responses whose status begins with the digit `kind`, 1 to 5.
  std::uint64_t answered(std::size_t kind) const {
    return by_kind_[kind].load(std::memory_order_relaxed);
  }

  void stream_opened() { streams_.fetch_add(1, std::memory_order_relaxed); }
  void stream_closed() { streams_.fetch_sub(1, std::memory_order_relaxed); }
  int open_streams() const { return streams_.load(std::memory_order_relaxed); }
  void listener_came() { listeners_.fetch_add(1, std::memory_order_relaxed); }
  void listener_left() { listeners_.fetch_sub(1, std::memory_order_relaxed); }
  int listeners() const { return listeners_.load(std::memory_order_relaxed); }

 private:
  std::array<std::atomic<std::uint64_t>, 6> by_kind_{};
  std::atomic<int> streams_{0};
  std::atomic<int> listeners_{0};
};

}  // namespace focus::core::rest
