// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>

#include "base/spsc_ring.h"
#include "player/jump.h"
#include "player/source.h"
#include "player/timeline.h"
#include "session/tally.h"

namespace focus::core::player {

/// Music on its way from the feeder thread to the audio thread: a ring of interleaved stereo at the
/// host's rate, and the jumps that send the audio thread to newer music in it. Frames are the
/// host's, positions are the session's; a Timeline leads from one to the other.
///
/// Threads: `pull` belongs to the audio thread. It never waits, locks, allocates, throws, converts
/// or calls the system; its only means are the ring and atomics. What is marked [feeder] belongs to
/// the feeder thread, which writes the ring; what is marked [change], to the thread that changes
/// the host's rate, while neither the audio thread nor the feeder uses the ring. The rest is for
/// any thread.
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
  /// Begins at the session's rate. `tally` counts the underruns; it must live as long.
  LiveOutput(int session_rate, double ring_seconds, session::Tally& tally);

  /// [audio] See Source::pull.
  std::int64_t pull(float* samples, std::int64_t frames);

  /// [feeder] Whether as many frames can be written now.
  bool has_room_for(std::int64_t frames) const;
  /// [feeder] Appends music, for which there must be room.
  void write(const float* samples, std::int64_t frames);
  /// [feeder] Whether what was written is the end of the music, which is the session's frame `end`.
  /// Set after that was written: the audio thread plays the ring empty then, without keeping a
  /// ramp's worth.
  void set_finished(bool finished, std::int64_t end);
  /// [feeder] Whether nothing more can be mixed for now.
  void set_failed(bool failed) { failed_.store(failed, std::memory_order_release); }

  /// [feeder] From here on the ring holds music of another stretch, which begins with the session's
  /// frame `position`. The audio thread reaches it over the jump that is published after it alone.
  void begin_stretch(double position);
  /// [feeder] The same for a stretch that replaces the music from `place` on. Returns where in the
  /// session its first frame lies: where the ring has a frame already, not behind `place`.
  double begin_replacement(double place);
  /// [feeder] Where in the session this stretch begins.
  double stretch_position() const {
    return stretch_timeline_.position_at(frame_of(stretch_begin_));
  }
  /// [feeder] The frames of this stretch that are not heard yet.
  std::int64_t frames_ahead() const;

  /// [feeder] Whether the audio thread has taken the last seek, and the last splice.
  bool has_taken_seek() const { return seek_jump_.free(); }
  bool has_taken_splice() const { return splice_jump_.free(); }
  /// [feeder] The audio thread goes on with this stretch over a ramp. A splice that is on its way
  /// is dropped. Only if the last seek was taken.
  void seek();
  /// [feeder] The audio thread goes on with this stretch, a replacement, where that begins. Only if
  /// the last seek and the last splice were taken.
  void splice();

  /// [change] Where in the session the frame lies that is heard next, whatever seek is on its way.
  double heard_place() const;
  /// [change] Whether the audio thread leaves the music that is heard, over a ramp.
  bool leaves() const { return reach().leaves; }
  /// [change] A ring for another rate. Allocates.
  std::unique_ptr<SpscRing> ring_for(int rate) const;
  /// [change] From now on the frames are at `rate`, and in `ring`, which is exchanged for the one
  /// before. The music goes on at `position` of the session, with what is written next.
  void set_rate(int rate, std::unique_ptr<SpscRing>& ring, double position);
  /// [change] The same, except that the music that is heard is faded out first.
  void set_rate_and_seek(int rate, std::unique_ptr<SpscRing>& ring, double position);

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
  void jump_to(std::size_t to, const Timeline& timeline);
  bool may_sound(std::int64_t frames, std::int64_t available, bool finished);
  std::int64_t play(float* samples, std::int64_t frames, bool sounding);

  static constexpr std::size_t kNoFence = std::numeric_limits<std::size_t>::max();
  static std::int64_t frame_of(std::size_t value) {
    return static_cast<std::int64_t>(value) / audio::kChannels;
  }

  const double ring_seconds_;
  int sample_rate_;  // of the host
  std::int64_t ramp_frames_;
  std::unique_ptr<SpscRing> ring_;
  JumpSlot seek_jump_;
  JumpSlot splice_jump_;

  // Audio thread
  float ramp_ = 1.0f;    // 0 silent ... 1 sounding; shaped before it is a gain
  bool begun_ = false;   // whether any music has sounded
  bool starved_ = true;  // the ring ran dry, and has to fill up before music goes on
  Timeline timeline_;    // of what is heard
  session::Tally& tally_;

  // Feeder thread
  Timeline stretch_timeline_;
  std::size_t replaced_from_ = 0;  // the value of the ring that a replacement begins with
  std::size_t stretch_begin_ = 0;  // the value of the ring with which the stretch begins

  // Any thread
  std::atomic<bool> paused_{false};
  std::atomic<std::int64_t> heading_for_{0};  // where the last seek leads; set before its jump
  // The value of the ring that is not read without a jump, while a stretch is written.
  std::atomic<std::size_t> fence_{kNoFence};
  std::atomic<std::int64_t> end_{0};  // of the session; set before `finished_`
  std::atomic<bool> finished_{false};
  std::atomic<bool> failed_{false};
  std::atomic<PlayerState> state_{PlayerState::waiting};
  std::atomic<std::int64_t> position_{0};
  std::atomic<int> underruns_{0};
};

}  // namespace focus::core::player
