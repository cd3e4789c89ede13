// SPDX-License-Identifier: MIT
#include "session/money_waiters.h"

namespace focus::core::session {

std::uint64_t MoneyWaiters::moves() const {
  const MutexLock lock(mutex_);
  return moves_;
}

void MoneyWaiters::add(const std::shared_ptr<Session>& session, std::uint64_t seen) noexcept {
  bool is_noted = false;
  {
    const MutexLock lock(mutex_);
    try {
      waiting_.push_back(session);
      is_noted = true;
    } catch (...) {  // there is no memory: it tries again at once
    }
    if (is_noted && moves_ == seen) return;
  }
  money_moved();
  if (!is_noted) session->work().money_moved();
}

void MoneyWaiters::money_moved() noexcept {
  std::vector<std::weak_ptr<Session>> waiting;
  {
    const MutexLock lock(mutex_);
    ++moves_;
    waiting.swap(waiting_);
  }
  for (const std::weak_ptr<Session>& one : waiting) {
    if (const auto session = one.lock()) session->work().money_moved();
  }
}

}  // namespace focus::core::session
