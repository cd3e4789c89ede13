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

std::unique_ptr<HostPlayer> HostDesk::leave(Exit exit) {
  std::unique_ptr<HostPlayer> last;
  {
    const std::lock_guard guard(mutex_);
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
    const std::lock_guard guard(mutex_);
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
    const std::lock_guard guard(mutex_);
    gone_ = true;
  }
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
