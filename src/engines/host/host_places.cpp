// SPDX-License-Identifier: MIT
#include "engines/host/host_places.h"

#include <utility>

namespace focus::core::engines {

HostPlaces::Answer HostPlaces::answer_locked() {
  if (closed_) return Answer::closed;
  if (taken_ < places_) {
    ++taken_;
    return Answer::taken;
  }
  return abandoned_ == places_ ? Answer::stuck : Answer::busy;
}

HostPlaces::Answer HostPlaces::enter(std::chrono::milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  Answer answer = answer_locked();
  while (answer == Answer::busy && changed_.wait_until(mutex_, deadline)) answer = answer_locked();
  return answer == Answer::busy ? answer_locked() : answer;
}

void HostPlaces::abandon() {
  {
    const MutexLock guard(mutex_);
    ++abandoned_;
  }
  changed_.notify_all();
}

std::unique_ptr<HostGenerator> HostPlaces::leave(Exit exit) {
  std::unique_ptr<HostGenerator> last;
  {
    const MutexLock guard(mutex_);
    --taken_;
    if (exit == Exit::abandoned) --abandoned_;
    last = take_last_locked();
  }
  changed_.notify_all();
  return last;
}

void HostPlaces::close() {
  std::unique_ptr<HostGenerator> last;
  {
    const MutexLock guard(mutex_);
    closed_ = true;
    last = take_last_locked();
  }
  changed_.notify_all();
  let_go(std::move(last));
}

std::unique_ptr<HostGenerator> HostPlaces::take_last_locked() {
  if (!closed_ || taken_ > 0) return nullptr;
  if (!kept_for_ever_) return std::move(generator_);
  static_cast<void>(generator_.release());
  gone_ = true;
  return nullptr;
}

void HostPlaces::let_go(std::unique_ptr<HostGenerator> last) {
  if (!last) return;
  last.reset();
  {
    const MutexLock guard(mutex_);
    gone_ = true;
  }
  changed_.notify_all();
}

bool HostPlaces::is_closed() const {
  const MutexLock guard(mutex_);
  return closed_;
}

bool HostPlaces::wait_gone(std::chrono::milliseconds timeout) const {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  const MutexLock lock(mutex_);
  while (!gone_ && changed_.wait_until(mutex_, deadline)) continue;
  return gone_;
}

void HostPlaces::keep_for_ever() {
  const MutexLock guard(mutex_);
  kept_for_ever_ = true;
}

}  // namespace focus::core::engines
