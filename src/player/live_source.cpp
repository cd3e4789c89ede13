// SPDX-License-Identifier: MIT
#include "player/live_source.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace focus::core {
namespace {

constexpr int kChannels = 2;
constexpr double kRingSeconds = 2.0;
constexpr double kRampSeconds = 0.01;
constexpr double kRefillSeconds = 0.1;  // in the ring before music goes on after it ran dry
constexpr std::int64_t kFedFrames = 1024;
constexpr auto kFeedInterval = std::chrono::milliseconds(20);

float shaped(float ramp) { return ramp * ramp * (3.0f - 2.0f * ramp); }

}  // namespace

LiveSource::LiveSource(SessionUse session, int sample_rate)
    : sample_rate_(sample_rate),
      ramp_frames_(static_cast<std::int64_t>(kRampSeconds * sample_rate)),
      ring_(static_cast<std::size_t>(kRingSeconds * sample_rate) * kChannels),
      mixdown_(std::move(session)),
      feeder_([this] { feed(); }) {}

LiveSource::~LiveSource() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  feeder_.join();
}

/// Whether music may sound now. Falling silent takes a ramp of music, so that much stays in the
/// ring.
bool LiveSource::may_sound(std::int64_t frames, std::int64_t available, bool finished) {
  if (finished) {
    starved_ = false;
    return available > 0;
  }
  const std::int64_t needed = frames + ramp_frames_;
  if (starved_) {
    const auto refill = static_cast<std::int64_t>(kRefillSeconds * sample_rate_);
    starved_ = available < needed + refill;
  } else if (available < needed) {
    starved_ = true;
    underruns_.fetch_add(1, std::memory_order_relaxed);
  }
  return !starved_;
}

absl::StatusOr<std::int64_t> LiveSource::pull(float* samples, std::int64_t frames) {
  // The flag first: what it covers is then in the ring.
  const bool finished = finished_.load(std::memory_order_acquire);
  const auto available = static_cast<std::int64_t>(ring_.readable()) / kChannels;
  const bool paused = paused_.load(std::memory_order_relaxed);
  const bool sounding = !paused && may_sound(frames, available, finished);
  const float step = 1.0f / static_cast<float>(ramp_frames_);

  // Falling silent plays on for the rest of a ramp; then the ring is left alone.
  std::int64_t music = std::min(frames, available);
  if (!sounding) {
    const auto rest_of_ramp = static_cast<std::int64_t>(ramp_ / step);
    music = begun_ ? std::min(music, rest_of_ramp) : 0;
  }
  ring_.read(samples, static_cast<std::size_t>(music) * kChannels);
  std::fill(samples + music * kChannels, samples + frames * kChannels, 0.0f);

  if (!sounding || ramp_ < 1.0f) {
    for (std::int64_t i = 0; i < music; ++i) {
      ramp_ = std::clamp(ramp_ + (sounding ? step : -step), 0.0f, 1.0f);
      for (int c = 0; c < kChannels; ++c) samples[i * kChannels + c] *= shaped(ramp_);
    }
    if (!sounding && begun_ && music < frames) ramp_ = 0.0f;
  }
  begun_ = begun_ || sounding;  // the music's own beginning needs no ramp

  position_.fetch_add(music, std::memory_order_relaxed);
  const bool broken_off = failed_.load(std::memory_order_relaxed) && !sounding && music == 0;
  const bool over = (finished && available == music) || broken_off;
  state_.store(over       ? PlayerState::finished
               : paused   ? PlayerState::paused
               : sounding ? PlayerState::playing
                          : PlayerState::waiting,
               std::memory_order_relaxed);
  return music;
}

void LiveSource::feed() {
  // Nothing may escape from a thread. A stream that can not go on runs dry, with the ramp of one
  // that waits.
  try {
    feed_until_stopped();
  } catch (...) {
    failed_.store(true, std::memory_order_release);
  }
}

void LiveSource::rest(std::unique_lock<std::mutex>& lock) {
  stop_.wait_for(lock, kFeedInterval, [this] { return stopping_; });
}

void LiveSource::feed_until_stopped() {
  AudioBuffer block(kChannels, kFedFrames, sample_rate_);
  std::vector<float> interleaved(static_cast<std::size_t>(kFedFrames) * kChannels);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (ring_.writable() < interleaved.size()) {
      rest(lock);
      continue;
    }
    lock.unlock();
    const auto mixed = mixdown_.read(block.view(), Mixdown::Patience::none);
    if (mixed.ok() && mixed->frames > 0) {
      interleave(block.view().subview(0, mixed->frames), interleaved.data());
      ring_.write(interleaved.data(), static_cast<std::size_t>(mixed->frames) * kChannels);
    }
    lock.lock();
    if (!mixed.ok()) {
      failed_.store(true, std::memory_order_release);
      return;
    }
    if (mixed->state == Mixdown::State::finished) {
      finished_.store(true, std::memory_order_release);
      return;
    }
    if (mixed->state == Mixdown::State::waiting) rest(lock);
  }
}

}  // namespace focus::core
