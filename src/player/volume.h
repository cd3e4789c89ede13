// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

namespace focus::core::player {

/// The player's last gain: a volume that moves without zipper noise, and a sleep timer that fades
/// the music out over its own time. Set from any thread, applied by the one that renders.
/// Wait-free.
class Volume {
 public:
  /// Linear, 0 (silent) to 1 (as it is); reached within 50 ms.
  void set(double gain) { wanted_.store(static_cast<float>(gain), std::memory_order_relaxed); }
  double get() const { return static_cast<double>(wanted_.load(std::memory_order_relaxed)); }

  /// After `seconds` of music it is silent, the last `fade_seconds` of them (at most all) fading;
  /// negative `seconds`: never.
  void set_sleep_timer(double seconds, double fade_seconds);
  /// Seconds of music until it is silent; -1 without a timer.
  double sleep_seconds() const;

  /// [renderer] Applies itself to stereo frames of which the first `music` count for the timer.
  /// True where the timer has run out in them: from now on it is silent until `wake`.
  bool apply(float* samples, std::int64_t frames, std::int64_t music, int sample_rate);
  /// [renderer] The listener wants to hear again what the timer has silenced.
  void wake();

 private:
  void publish();
  float fade_gain(double left) const;

  std::atomic<float> wanted_{1.0f};
  std::atomic<double> timer_seconds_{-1.0};
  std::atomic<double> timer_fade_{0.0};
  std::atomic<int> timer_number_{0};  // released after the two above
  std::atomic<double> left_{-1.0};    // of the timer with this number:
  std::atomic<int> timer_taken_{0};

  // Renderer
  float gain_ = 1.0f;
  int timer_seen_ = 0;
  double remaining_ = -1.0;
  double fade_seconds_ = 0.0;
  bool asleep_ = false;
};

}  // namespace focus::core::player
