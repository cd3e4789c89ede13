// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/spsc_ring.h"
#include "player/mixdown.h"
#include "player/source.h"

namespace focus::core {

/// For an audio callback: a thread of its own mixes ahead into a ring, and `pull` takes from the
/// ring alone. `pull` never waits, locks, allocates or calls the system; where it has to fall
/// silent or begins again it ramps, and for that it always keeps one ramp's worth of music in the
/// ring.
///
/// Roles: the feeder thread writes the ring, `finished_` and `failed_`; the audio thread reads the
/// ring and writes position, state and underruns; any thread may pause and read the atomics.
class LiveSource final : public Source {
 public:
  LiveSource(SessionUse session, int sample_rate);
  ~LiveSource() override;

  absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) override;
  void set_paused(bool paused) override { paused_.store(paused, std::memory_order_relaxed); }
  PlayerState state() const override { return state_.load(std::memory_order_relaxed); }
  std::int64_t position() const override { return position_.load(std::memory_order_relaxed); }
  int underruns() const override { return underruns_.load(std::memory_order_relaxed); }

 private:
  bool may_sound(std::int64_t frames, std::int64_t available, bool finished);
  void feed();
  void feed_until_stopped();
  void rest(std::unique_lock<std::mutex>& lock);

  const int sample_rate_;
  const std::int64_t ramp_frames_;
  SpscRing ring_;

  // Audio thread
  float ramp_ = 1.0f;    // 0 silent ... 1 sounding; shaped before it is a gain
  bool begun_ = false;   // whether any music has sounded
  bool starved_ = true;  // whether the ring has to fill up before music goes on

  std::atomic<bool> paused_{false};
  std::atomic<bool> finished_{false};  // released after the last frame is in the ring
  std::atomic<bool> failed_{false};    // likewise, where the music can not go on
  std::atomic<PlayerState> state_{PlayerState::waiting};
  std::atomic<std::int64_t> position_{0};
  std::atomic<int> underruns_{0};

  // Feeder thread
  Mixdown mixdown_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread feeder_;
};

}  // namespace focus::core
