// SPDX-License-Identifier: MIT
#include "engines/host/host_desk.h"

#include <utility>

namespace focus::core {

HostDesk::Answer HostDesk::answer_locked() {
  if (closed_) return Answer::closed;
  if (taken_ < places_) {
    ++taken_;
    return Answer::taken;
  }
  return abandoned_ == places_ ? Answer::stuck : Answer::busy;
}

HostDesk::Answer HostDesk::enter(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  Answer answer = Answer::busy;
  changed_.wait_for(lock, timeout, [&] { return (answer = answer_locked()) != Answer::busy; });
  return answer;
}

void HostDesk::abandon() {
  {
    const std::lock_guard guard(mutex_);
    ++abandoned_;
  }
  changed_.notify_all();
}

void HostDesk::leave(Exit exit) {
  std::unique_lock lock(mutex_);
  --taken_;
  if (exit == Exit::abandoned) --abandoned_;
  let_go(std::move(lock));
}

void HostDesk::close() {
  std::unique_lock lock(mutex_);
  closed_ = true;
  let_go(std::move(lock));
}

/// Outside the lock, since the host may do as it likes then.
void HostDesk::let_go(std::unique_lock<std::mutex> lock) {
  std::unique_ptr<HostPlayer> last;
  if (closed_ && taken_ == 0) last = std::move(player_);
  const bool goes = last != nullptr;
  if (kept_for_ever_) static_cast<void>(last.release());
  lock.unlock();
  changed_.notify_all();
  if (!goes) return;
  last.reset();
  lock.lock();
  gone_ = true;
  lock.unlock();
  changed_.notify_all();
}

bool HostDesk::is_closed() const {
  const std::lock_guard guard(mutex_);
  return closed_;
}

bool HostDesk::wait_gone(std::chrono::milliseconds timeout) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, timeout, [&] { return gone_; });
}

void HostDesk::keep_for_ever() {
  const std::lock_guard guard(mutex_);
  kept_for_ever_ = true;
}

}  // namespace focus::core
