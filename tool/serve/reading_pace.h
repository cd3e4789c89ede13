// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace cli {

/// How well a client keeps up with a stream that is written to it.
class ReadingPace {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  /// What is kept of a stream for a client that reads slowly; more is not read from the stream.
  static constexpr std::size_t kMostUnread = 1 << 20;
  /// How long a client may take nothing, and how long it may leave so much unread.
  static constexpr std::chrono::seconds kPatience{20};

  ReadingPace() = default;
  explicit ReadingPace(Moment now) : taken_at_(now), had_room_at_(now) {}

  /// Notes whether the client has `taken` anything since the last call, and what it has not.
  void note(Moment now, bool taken, std::size_t unread) {
    if (taken || unread == 0) taken_at_ = now;
    if (unread < kMostUnread) had_room_at_ = now;
  }
  /// Whether there is no use in waiting for it any longer.
  bool is_too_slow(Moment now) const { return now - std::min(taken_at_, had_room_at_) > kPatience; }

 private:
  Moment taken_at_{};
  Moment had_room_at_{};
};

}  // namespace cli
