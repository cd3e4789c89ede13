// SPDX-License-Identifier: MIT
#include "session/event_log.h"

#include <algorithm>
#include <atomic>

namespace focus::core::session {

std::uint64_t EventLog::now() const {
  const MutexLock lock(mutex_);
  return first_ + events_.size();
}

bool EventLog::keeps(std::uint64_t cursor) const {
  const MutexLock lock(mutex_);
  return cursor >= first_ && cursor <= first_ + events_.size();
}

std::uint64_t EventLog::next_name() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

void EventLog::add(Event event) {
  {
    const MutexLock lock(mutex_);
    events_.push_back(std::move(event));
    if (events_.size() > kKept) {
      events_.pop_front();
      ++first_;
    }
  }
  added_.notify_all();
}

std::optional<Event> EventLog::take_locked(std::uint64_t& cursor) {
  cursor = std::max(cursor, first_);
  const std::uint64_t at = cursor - first_;
  if (at >= events_.size()) return std::nullopt;
  ++cursor;
  return events_[static_cast<std::size_t>(at)];
}

std::optional<Event> EventLog::poll(std::uint64_t& cursor) {
  const MutexLock lock(mutex_);
  return take_locked(cursor);
}

std::optional<Event> EventLog::wait(std::uint64_t& cursor, std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  while (cursor >= first_ + events_.size() && added_.wait_until(mutex_, deadline)) continue;
  return take_locked(cursor);
}

}  // namespace focus::core::session
