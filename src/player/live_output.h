// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/spsc_ring.h"
#include "player/jump.h"
#include "player/source.h"
#include "session/tally.h"

namespace focus::core::player {

/// Music on its way from the feeder thread to the audio thread: a ring of interleaved stereo, and
/// the jumps that send the audio thread to newer music in it.
///
/// Threads: `pull` belongs to the audio thread. It never waits, locks, allocates, throws or calls
/// the system; its only means are the ring and atomics. What is marked [feeder] belongs to the
/// feeder thread, which writes the ring. The rest is for any thread.
///
/// Whenever the music stops or begins again the audio thread ramps it, in 10 ms. To be able to, it
/// always leaves one ramp's worth of music in the ring.
///
/// There are two kinds of jump. A seek is taken as soon as the music has been ramped down to
/// silence. A splice is taken exactly at its place and without a ramp, since the feeder has joined
/// the music there; where the audio thread has passed the place before it saw the splice, it ramps
/// down and enters the new music as far behind the place as it has come.
class LiveOutput {
 public:
  /// `tally` counts the underruns; it must live as long.
  LiveOutput(int sample_rate, double ring_seconds, session::Tally& tally);

  /// [audio] See Source::pull.
  std::int64_t pull(float* samples, std::int64_t frames);

  /// [feeder] Whether as many frames can be written now.
  bool has_room_for(std::int64_t frames) const;
  /// [feeder] Appends music, for which there must be room.
  void write(const float* samples, std::int64_t frames);
  /// [feeder] Whether what was written is the end of the music. Set after that was written: the
  /// audio thread plays the ring empty then, without keeping a ramp's worth.
  void set_finished(bool finished) { finished_.store(finished, std::memory_order_release); }
  /// [feeder] Whether nothing more can be mixed for now.
  void set_failed(bool failed) { failed_.store(failed, std::memory_order_release); }

  /// [feeder] From here on the ring holds music of another stretch, which the audio thread reaches
  /// only over a jump. Publish one after it.
  void begin_stretch() { stretch_begin_ = ring_.written(); }
  /// [feeder] The frames of this stretch that were written, and that are not heard yet.
  std::int64_t frames_in_stretch() const;
  std::int64_t frames_ahead() const;

  /// [feeder] Whether the audio thread has taken the last seek, and the last splice.
  bool has_taken_seek() const { return seek_jump_.free(); }
  bool has_taken_splice() const { return splice_jump_.free(); }
  /// [feeder] The audio thread goes on with this stretch, whose first frame is the session's frame
  /// `position`, over a ramp. A splice that is on its way is dropped. Only if the last seek was
  /// taken.
  void seek(std::int64_t position);
  /// [feeder] The audio thread goes on with this stretch, whose first frame is the session's frame
  /// `position`, once it has heard all but the last `frames_before` frames before the stretch. Only
  /// if the last seek and the last splice were taken.
  void splice(std::int64_t frames_before, std::int64_t position);

  void set_paused(bool paused) { paused_.store(paused, std::memory_order_relaxed); }
  PlayerState state() const { return state_.load(std::memory_order_relaxed); }
  /// The frame of the session that is heard next; where a seek is not taken yet, the one it leads
  /// to.
  std::int64_t position() const;
  /// The frame of the session that is heard next, whatever seek is on its way.
  std::int64_t heard_position() const { return position_.load(std::memory_order_relaxed); }
  int underruns() const { return underruns_.load(std::memory_order_relaxed); }

 private:
  /// What the audio thread can read now, in frames.
  struct Reach {
    std::int64_t readable = 0;   ///< without a jump
    std::int64_t available = 0;  ///< with the jumps that are on their way
    bool leaves = false;         ///< a jump is on its way that needs silence first
  };
  Reach reach() const;
  bool take_exact_jump();
  bool take_jump_in_silence();
  void jump_to(std::size_t to, std::int64_t position);
  bool may_sound(std::int64_t frames, std::int64_t available, bool finished);
  std::int64_t play(float* samples, std::int64_t frames, bool sounding);

  const int sample_rate_;
  const std::int64_t ramp_frames_;
  SpscRing ring_;
  JumpSlot seek_jump_;
  JumpSlot splice_jump_;

  // Audio thread
  float ramp_ = 1.0f;    // 0 silent ... 1 sounding; shaped before it is a gain
  bool begun_ = false;   // whether any music has sounded
  bool starved_ = true;  // the ring ran dry, and has to fill up before music goes on
  session::Tally& tally_;

  // Feeder thread
  std::size_t stretch_begin_ = 0;  // the value of the ring with which the stretch begins

  // Any thread
  std::atomic<bool> paused_{false};
  std::atomic<std::int64_t> heading_for_{0};  // where the last seek leads; set before its jump
  std::atomic<bool> finished_{false};
  std::atomic<bool> failed_{false};
  std::atomic<PlayerState> state_{PlayerState::waiting};
  std::atomic<std::int64_t> position_{0};
  std::atomic<int> underruns_{0};
};

}  // namespace focus::core::player
