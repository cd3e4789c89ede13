// SPDX-License-Identifier: MIT
#include "rest/rate_limit.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace focus::core::rest {

std::optional<int> RateLimit::wait_seconds(double now, int limit) {
  const MutexLock guard(mutex_);
  const std::optional<int> wait = wait_locked(now, limit);
  if (!wait) {
    passed_.push_back(now);
    ++uncounted_;
  }
  return wait;
}

std::optional<int> RateLimit::foresee(double now, int limit) {
  const MutexLock guard(mutex_);
  return wait_locked(now, limit);
}

bool RateLimit::is_near(int limit) {
  constexpr int kFew = 60;  // one of them a second
  const MutexLock guard(mutex_);
  return limit <= kFew || 2 * (own_in_window_ + uncounted_ + elsewhere_) >= limit;
}

void RateLimit::take_back() {
  const MutexLock guard(mutex_);
  if (!passed_.empty()) passed_.pop_back();
  --uncounted_;
}

std::int64_t RateLimit::take_uncounted() {
  const MutexLock guard(mutex_);
  return std::exchange(uncounted_, 0);
}

bool RateLimit::has_uncounted() {
  const MutexLock guard(mutex_);
  return uncounted_ != 0;
}

void RateLimit::give_back_uncounted(std::int64_t requests) {
  const MutexLock guard(mutex_);
  uncounted_ += requests;
}

void RateLimit::note_total(std::int64_t total, std::int64_t told, double window_ends) {
  constexpr double kSameWindow = kWindowSeconds / 2.0;
  const MutexLock guard(mutex_);
  const bool is_same = window_ends - window_ends_ < kSameWindow;
  own_in_window_ = (is_same ? own_in_window_ : 0) + told;
  window_ends_ = window_ends;
  elsewhere_ = std::max<std::int64_t>(total - own_in_window_, 0);
}

bool RateLimit::is_recent(double now) {
  const MutexLock guard(mutex_);
  return !passed_.empty() && passed_.back() > now - kWindowSeconds;
}

std::optional<int> RateLimit::wait_locked(double now, int limit) {
  while (!passed_.empty() && passed_.front() <= now - kWindowSeconds) passed_.pop_front();
  const auto allowed = static_cast<std::size_t>(limit);
  if (now < window_ends_) {
    // In the cluster's minute this node has passed what it has told of, and what it has not yet.
    const std::int64_t here = own_in_window_ + uncounted_;
    if (here + elsewhere_ >= limit && elsewhere_ > 0) {
      return std::max(1, static_cast<int>(std::ceil(window_ends_ - now)));
    }
  }
  if (passed_.size() < allowed) return std::nullopt;
  // If the limit has been lowered, more than one request must expire first.
  const double first_to_go = passed_[passed_.size() - allowed];
  return std::max(1, static_cast<int>(std::ceil(first_to_go + kWindowSeconds - now)));
}

}  // namespace focus::core::rest
