// SPDX-License-Identifier: MIT
#include "engines/host/host_desk.h"

#include <utility>

namespace focus::core::engines {

HostDesk::Answer HostDesk::answer_locked() {
  if (closed_) return Answer::closed;
  if (taken_ < places_) {
    ++taken_;
    return Answer::taken;
  }
  return abandoned_ == places_ ? Answer::stuck : Answer::busy;
}

HostDesk::Answer HostDesk::enter(std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  Answer answer = answer_locked();
  while (answer == Answer::busy && changed_.wait_until(mutex_, deadline)) answer = answer_locked();
  return answer == Answer::busy ? answer_locked() : answer;
}

void HostDesk::abandon() {
  {
    const MutexLock guard(mutex_);
    ++abandoned_;
  }
  changed_.notify_all();
}

std::unique_ptr<HostPlayer> HostDesk::leave(Exit exit) {
  std::unique_ptr<HostPlayer> last;
  {
    const MutexLock guard(mutex_);
    --taken_;
    if (exit == Exit::abandoned) --abandoned_;
    last = take_last_locked();
  }
  changed_.notify_all();
  return last;
}

void HostDesk::close() {
  std::unique_ptr<HostPlayer> last;
  {
    const MutexLock guard(mutex_);
    closed_ = true;
    last = take_last_locked();
  }
  changed_.notify_all();
  let_go(std::move(last));
}

std::unique_ptr<HostPlayer> HostDesk::take_last_locked() {
  if (!closed_ || taken_ > 0) return nullptr;
  if (!kept_for_ever_) return std::move(player_);
  static_cast<void>(player_.release());
  gone_ = true;
  return nullptr;
}

void HostDesk::let_go(std::unique_ptr<HostPlayer> last) {
  if (!last) return;
  last.reset();
  {
    const MutexLock guard(mutex_);
    gone_ = true;
  }
  changed_.notify_all();
}

bool HostDesk::is_closed() const {
  const MutexLock guard(mutex_);
  return closed_;
}

bool HostDesk::wait_gone(std::chrono::milliseconds timeout) const {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  while (!gone_ && changed_.wait_until(mutex_, deadline)) continue;
  return gone_;
}

void HostDesk::keep_for_ever() {
  const MutexLock guard(mutex_);
  kept_for_ever_ = true;
}

}  // namespace focus::core::engines
