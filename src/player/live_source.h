// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "base/spsc_ring.h"
#include "player/jump.h"
#include "player/mixdown.h"
#include "player/source.h"
#include "session/tally.h"

namespace focus::core::player {

/// For an audio callback: a thread of its own mixes ahead into a ring, and `pull` takes from the
/// ring alone. `pull` never waits, locks, allocates or calls the system; where it has to fall
/// silent or begins again it ramps, and for that it always keeps one ramp's worth of music in the
/// ring.
///
/// What lies in the ring is not lost time. A seek sends the reader to newer music in it, over a
/// ramp; a change of the session that concerns what is mixed already is mixed anew from the moment
/// of the change on, and the reader steps over there without a seam.
///
/// Roles: the feeder thread writes the ring, the jumps, `finished_` and `failed_`; the audio thread
/// reads the ring and writes position, state and underruns; any thread may pause, seek and read the
/// atomics.
class LiveSource final : public Source {
 public:
  static constexpr std::chrono::milliseconds kFeedInterval{20};
  /// The feeder looks at least every `feed_interval` whether there is anything to do.
  LiveSource(session::SessionUse session, int sample_rate,
             std::chrono::milliseconds feed_interval = kFeedInterval);
  ~LiveSource() override;

  absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) override;
  void set_paused(bool paused) override { paused_.store(paused, std::memory_order_relaxed); }
  void seek(std::int64_t frame) override;
  PlayerState state() const override { return state_.load(std::memory_order_relaxed); }
  std::int64_t position() const override;
  int underruns() const override { return underruns_.load(std::memory_order_relaxed); }
  /// [any-thread] How often the feeder has done all there was to do.
  std::uint32_t rests() const { return rests_.load(std::memory_order_acquire); }

 private:
  /// What the audio thread can read now, in frames.
  struct Reach {
    std::int64_t readable = 0;   ///< without a jump
    std::int64_t available = 0;  ///< in all
    bool leaves = false;         ///< there is a jump that needs silence first
  };
  Reach reach() const;
  bool take_exact_jump();
  bool take_jump_in_silence();
  void jump_to(std::size_t to, std::int64_t position);
  bool may_sound(std::int64_t frames, std::int64_t available, bool finished);
  std::int64_t play(float* samples, std::int64_t frames, bool sounding);

  void feed();
  bool feed_once();
  bool is_stopping();
  void rest();
  void follow_seek();
  absl::Status follow_change();
  absl::StatusOr<Mixdown::State> mix_block();
  std::int64_t frames_ahead() const;

  const int sample_rate_;
  const std::int64_t ramp_frames_;
  const std::chrono::milliseconds feed_interval_;
  SpscRing ring_;
  JumpSlot seek_jump_;    // at once, over a ramp; ends a splice that is on its way
  JumpSlot splice_jump_;  // at its place, without a seam

  // Audio thread
  float ramp_ = 1.0f;    // 0 silent ... 1 sounding; shaped before it is a gain
  bool begun_ = false;   // whether any music has sounded
  bool starved_ = true;  // whether the ring has to fill up before music goes on

  std::atomic<bool> paused_{false};
  std::atomic<std::int64_t> seek_to_{-1};     // asked for, and not followed yet
  std::atomic<std::int64_t> heading_for_{0};  // where a jump goes that is not taken yet
  std::atomic<bool> finished_{false};         // released after the last frame is in the ring
  std::atomic<bool> failed_{false};           // likewise, where the music can not go on
  std::atomic<PlayerState> state_{PlayerState::waiting};
  std::atomic<std::int64_t> position_{0};
  std::atomic<int> underruns_{0};
  std::atomic<std::uint32_t> rests_{0};
  session::Tally* const tally_;  // of the service, which the mixdown's session keeps

  // Feeder thread
  Mixdown mixdown_;
  audio::AudioBuffer block_;
  std::vector<float> interleaved_;
  std::size_t stretch_begin_ = 0;  // in the ring: what was written since the last jump
  Mutex mutex_;
  CondVar wake_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread feeder_;
};

}  // namespace focus::core::player
