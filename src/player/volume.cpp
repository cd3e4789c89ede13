// SPDX-License-Identifier: MIT
#include "player/volume.h"

#include <algorithm>

#include "mastering/ending_fade.h"

namespace focus::core::player {
namespace {

constexpr double kMoveSeconds = 0.05;   // from silent to full
constexpr std::int64_t kFadeStep = 64;  // frames over which the fade is linear

}  // namespace

void Volume::set_sleep_timer(double seconds, double fade_seconds) {
  timer_seconds_.store(seconds < 0.0 ? -1.0 : seconds, std::memory_order_relaxed);
  timer_fade_.store(std::clamp(fade_seconds, 0.0, std::max(seconds, 0.0)),
                    std::memory_order_relaxed);
  timer_number_.fetch_add(1, std::memory_order_release);
}

double Volume::sleep_seconds() const {
  const bool taken =
      timer_taken_.load(std::memory_order_acquire) == timer_number_.load(std::memory_order_acquire);
  return (taken ? left_ : timer_seconds_).load(std::memory_order_relaxed);
}

void Volume::publish() {
  left_.store(remaining_, std::memory_order_relaxed);
  timer_taken_.store(timer_seen_, std::memory_order_release);
}

void Volume::wake() { asleep_ = false; }

/// `left`: seconds until the silence, -1 without a timer.
float Volume::fade_gain(double left) const {
  if (asleep_) return 0.0f;
  if (left < 0.0 || left >= fade_seconds_) return 1.0f;
  return static_cast<float>(mastering::ending_fade_gain(1.0 - left / fade_seconds_));
}

bool Volume::apply(float* samples, std::int64_t frames, std::int64_t music, int sample_rate) {
  const int number = timer_number_.load(std::memory_order_acquire);
  if (number != timer_seen_) {
    timer_seen_ = number;
    fade_seconds_ = timer_fade_.load(std::memory_order_relaxed);
    remaining_ = timer_seconds_.load(std::memory_order_relaxed);
  }
  const float wanted = wanted_.load(std::memory_order_relaxed);
  const bool timed = remaining_ >= 0.0;
  const bool plain = gain_ == 1.0f && wanted == 1.0f && !asleep_;
  if (plain && (!timed || remaining_ > fade_seconds_ + 1.0)) {
    if (timed) remaining_ -= static_cast<double>(music) / sample_rate;
    publish();
    return false;
  }
  const auto most = static_cast<float>(1.0 / (kMoveSeconds * sample_rate));
  bool ran_out = false;
  for (std::int64_t at = 0; at < frames; at += kFadeStep) {
    const std::int64_t count = std::min(kFadeStep, frames - at);
    const float from = wanted * fade_gain(remaining_);
    if (timed && !asleep_) {
      const auto passed = static_cast<double>(std::clamp<std::int64_t>(music - at, 0, count));
      remaining_ -= passed / sample_rate;
      if (remaining_ < 0.5 / sample_rate) {
        remaining_ = 0.0;
        asleep_ = ran_out = true;
      }
    }
    const float to = wanted * fade_gain(remaining_);
    for (std::int64_t i = 0; i < count; ++i) {
      const float u = static_cast<float>(i + 1) / static_cast<float>(count);
      gain_ += std::clamp(from + (to - from) * u - gain_, -most, most);
      samples[2 * (at + i)] *= gain_;
      samples[2 * (at + i) + 1] *= gain_;
    }
  }
  if (ran_out) remaining_ = -1.0;
  publish();
  return ran_out;
}

}  // namespace focus::core::player
