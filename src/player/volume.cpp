// SPDX-License-Identifier: MIT
#include "player/volume.h"

#include <algorithm>

#include "mastering/ending_fade.h"

namespace focus::core {
namespace {

constexpr double kMoveSeconds = 0.05;   // from silent to full
constexpr std::int64_t kFadeStep = 64;  // frames over which the fade is linear

}  // namespace

void Volume::set_sleep_timer(double seconds, double fade_seconds) {
  timer_seconds_.store(seconds, std::memory_order_relaxed);
  timer_fade_.store(std::clamp(fade_seconds, 0.0, std::max(seconds, 0.0)),
                    std::memory_order_relaxed);
  left_.store(seconds < 0.0 ? -1.0 : seconds, std::memory_order_relaxed);
  timer_number_.fetch_add(1, std::memory_order_release);
}

void Volume::wake() { asleep_ = false; }

/// `left`: seconds until silence, -1 for never.
float Volume::fade_gain(double left) const {
  if (asleep_) return 0.0f;
  if (left < 0.0 || left >= fade_seconds_) return 1.0f;
  return static_cast<float>(ending_fade_gain(1.0 - left / fade_seconds_));
}

bool Volume::apply(float* samples, std::int64_t frames, std::int64_t music, int sample_rate) {
  const int number = timer_number_.load(std::memory_order_acquire);
  double left = left_.load(std::memory_order_relaxed);
  if (number != timer_seen_) {
    timer_seen_ = number;
    fade_seconds_ = timer_fade_.load(std::memory_order_relaxed);
    left = timer_seconds_.load(std::memory_order_relaxed);
    if (left < 0.0) left = -1.0;
  }
  const float wanted = wanted_.load(std::memory_order_relaxed);
  const bool timed = left >= 0.0;
  if (gain_ == 1.0f && wanted == 1.0f && !asleep_ && (!timed || left > fade_seconds_ + 1.0)) {
    if (timed)
      left_.store(left - static_cast<double>(music) / sample_rate, std::memory_order_relaxed);
    return false;
  }
  const auto most = static_cast<float>(1.0 / (kMoveSeconds * sample_rate));
  bool ran_out = false;
  for (std::int64_t at = 0; at < frames; at += kFadeStep) {
    const std::int64_t count = std::min(kFadeStep, frames - at);
    const double passes =
        timed ? static_cast<double>(std::clamp<std::int64_t>(music - at, 0, count)) / sample_rate
              : 0.0;
    const float from = wanted * fade_gain(left);
    if (timed && !asleep_ && passes > 0.0) {
      left = std::max(left - passes, 0.0);
      if (left < 0.5 / sample_rate) {
        left = 0.0;
        asleep_ = true;
        ran_out = true;
      }
    }
    const float to = wanted * fade_gain(left);
    for (std::int64_t i = 0; i < count; ++i) {
      const float target =
          from + (to - from) * static_cast<float>(i + 1) / static_cast<float>(count);
      gain_ += std::clamp(target - gain_, -most, most);
      samples[2 * (at + i)] *= gain_;
      samples[2 * (at + i) + 1] *= gain_;
    }
  }
  if (timed) left_.store(ran_out ? -1.0 : left, std::memory_order_relaxed);
  return ran_out;
}

}  // namespace focus::core
