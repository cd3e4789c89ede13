// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

namespace focus::core::player {

/// The player's last gain: a volume that moves without zipper noise, and a sleep timer that fades
/// the music out over a time of its own.
///
/// Threads: any thread sets it; the one that renders (the audio thread of a live player) applies
/// it. All of it is wait-free.
class Volume {
 public:
  /// Linear, 0 (silent) to 1 (as it is); reached within 50 ms.
  void set(double gain) { wanted_.store(static_cast<float>(gain), std::memory_order_relaxed); }
  double get() const { return static_cast<double>(wanted_.load(std::memory_order_relaxed)); }

  /// The music is silent after `seconds` of it, and fades over the last `fade_seconds` of those (at
  /// most all of them). Negative `seconds`: no timer.
  void set_sleep_timer(double seconds, double fade_seconds);
  /// Seconds of music until the timer's silence; -1 without a timer.
  double sleep_seconds() const;

  /// [renderer] Applies the gain to stereo frames, of which the timer counts the first `music`.
  /// True where the timer ran out within them: the music is then silent until `wake`.
  bool apply(float* samples, std::int64_t frames, std::int64_t music, int sample_rate);
  /// [renderer] Ends the silence of a timer that ran out.
  void wake();

 private:
  void publish();
  float fade_gain(double left) const;

  std::atomic<float> wanted_{1.0f};
  std::atomic<double> timer_seconds_{-1.0};
  std::atomic<double> timer_fade_{0.0};
  std::atomic<int> timer_number_{
      0};                           // counts the timers that were set; released after the two above
  std::atomic<double> left_{-1.0};  // seconds until the silence of timer number `timer_taken_`
  std::atomic<int> timer_taken_{0};  // released after `left_`

  // Renderer
  float gain_ = 1.0f;
  int timer_seen_ = 0;
  double remaining_ = -1.0;
  double fade_seconds_ = 0.0;
  bool asleep_ = false;
};

}  // namespace focus::core::player
