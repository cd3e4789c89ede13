// SPDX-License-Identifier: MIT
#include "session/event_log.h"

#include <algorithm>
#include <atomic>

namespace focus::core::session {

std::uint64_t EventLog::now() const {
  const MutexLock lock(mutex_);
  return first_ + size_;
}

bool EventLog::keeps(std::uint64_t cursor) const {
  const MutexLock lock(mutex_);
  return cursor >= first_ && cursor <= first_ + size_;
}

std::uint64_t EventLog::next_name() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

void EventLog::add(Event event) noexcept {
  {
    const MutexLock lock(mutex_);
    if (places_.size() - size_ < kFree && places_.size() < kKept) {
      try {
        grow_locked();
      } catch (...) {  // no memory: there are free places still, or the oldest event gives way
      }
    }
    if (size_ == places_.size()) drop_oldest_locked();
    place_locked(size_++) = std::move(event);
  }
  added_.notify_all();
}

void EventLog::grow_locked() {
  std::vector<Event> more(std::min(2 * places_.size(), kKept));
  for (std::size_t at = 0; at < size_; ++at) more[at] = std::move(place_locked(at));
  places_ = std::move(more);
  begin_ = 0;
}

void EventLog::drop_oldest_locked() {
  place_locked(0) = Event();
  begin_ = (begin_ + 1) % places_.size();
  --size_;
  ++first_;
}

std::optional<Event> EventLog::take_locked(std::uint64_t& cursor) {
  cursor = std::max(cursor, first_);
  const std::uint64_t at = cursor - first_;
  if (at >= size_) return std::nullopt;
  Event event = place_locked(static_cast<std::size_t>(at));
  ++cursor;  // not before the copy, which may fail
  return event;
}

std::optional<Event> EventLog::poll(std::uint64_t& cursor) {
  const MutexLock lock(mutex_);
  return take_locked(cursor);
}

std::optional<Event> EventLog::wait(std::uint64_t& cursor, std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  // (Who only looks, as a server does for many streams in turn, does not ask the system to wait.)
  const bool may_wait = timeout > std::chrono::milliseconds(0);
  while (may_wait && cursor >= first_ + size_ && added_.wait_until(mutex_, deadline)) continue;
  return take_locked(cursor);
}

}  // namespace focus::core::session
