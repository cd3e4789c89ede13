// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>

#include "base/mutex.h"

namespace focus::core::session {

enum class EventType {
  segment_ready,
  status_changed,
  fallback,
  segment_failed,
  steered,  ///< the session was planned again from segment_index on
  trouble   ///< something went wrong with segment_index that the listener does not hear
};

struct Event {
  EventType type = EventType::status_changed;
  int segment_index = -1;
  absl::Status status;      ///< of a failure, else ok
  std::string message;      ///< one line, or ""
  std::string engine = {};  ///< key of the one that has played the segment, or stands in for it
};

/// What happened in a session, for any number of readers, each with a cursor of its own. Bounded: a
/// reader that does not come for a long time loses the oldest events. Thread-safe.
///
/// Adding an event never fails: the log keeps free places ahead, and where there is no memory for
/// more and none is left, the oldest event gives way.
class EventLog {
 public:
  static constexpr std::size_t kKept = 4096;

  /// A number that no other log of this process has.
  std::uint64_t name() const { return name_; }

  /// A cursor that sees what happens from now on.
  std::uint64_t now() const;

  EventLog() : places_(kFewest) {}

  void add(Event event) noexcept;
  /// Whether a reader with this cursor has lost nothing.
  bool keeps(std::uint64_t cursor) const;
  std::optional<Event> poll(std::uint64_t& cursor);
  std::optional<Event> wait(std::uint64_t& cursor, std::chrono::milliseconds timeout);

 private:
  static constexpr std::size_t kFewest = 16;  // places
  static constexpr std::size_t kFree = 8;     // fewer are free: more are made

  std::optional<Event> take_locked(std::uint64_t& cursor) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Event& place_locked(std::size_t at) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return places_[(begin_ + at) % places_.size()];
  }
  void grow_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void drop_oldest_locked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  static std::uint64_t next_name();

  const std::uint64_t name_ = next_name();
  mutable Mutex mutex_;
  CondVar added_;
  /// A ring: `size_` events, the oldest at `begin_`.
  std::vector<Event> places_ ABSL_GUARDED_BY(mutex_);
  std::size_t begin_ ABSL_GUARDED_BY(mutex_) = 0;
  std::size_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  std::uint64_t first_ ABSL_GUARDED_BY(mutex_) = 0;  // the number of the oldest event
};

}  // namespace focus::core::session
