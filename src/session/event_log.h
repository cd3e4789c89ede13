// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include <absl/status/status.h>

namespace focus::core {

enum class EventType {
  segment_ready,
  status_changed,
  fallback,
  segment_failed,
  steered,  ///< from segment_index on the session is planned anew
  trouble   ///< something went wrong with segment_index that the listener does not hear
};

struct Event {
  EventType type = EventType::status_changed;
  int segment_index = -1;
  absl::Status status;      ///< of a failure, else ok
  std::string message;      ///< one line, or ""
  std::string engine = {};  ///< key of the one that has played the segment, or stands in for it
};

/// What happened in a session, for any number of readers that each keep a cursor. Bounded: a reader
/// that does not come for long loses the oldest events. Thread-safe.
class EventLog {
 public:
  static constexpr std::size_t kKept = 4096;

  /// A number that no other log of this process has.
  std::uint64_t name() const { return name_; }

  /// A cursor that sees what happens from now on.
  std::uint64_t now() const;

  void add(Event event);
  /// Whether a reader with this cursor has lost nothing.
  bool keeps(std::uint64_t cursor) const;
  std::optional<Event> poll(std::uint64_t& cursor);
  std::optional<Event> wait(std::uint64_t& cursor, std::chrono::milliseconds timeout);

 private:
  std::optional<Event> take(std::uint64_t& cursor);
  static std::uint64_t next_name();

  const std::uint64_t name_ = next_name();
  mutable std::mutex mutex_;
  std::condition_variable added_;
  std::deque<Event> events_;
  std::uint64_t first_ = 0;  // the number of events_.front()
};

}  // namespace focus::core
