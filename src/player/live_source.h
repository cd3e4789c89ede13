// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "player/live_converter.h"
#include "player/live_output.h"
#include "player/mixdown.h"
#include "player/source.h"

namespace focus::core::player {

/// The source of a player whose host renders in an audio callback. A feeder thread mixes two
/// seconds ahead, converts what it has mixed to the host's rate, and writes that into a LiveOutput;
/// `pull`, on the audio thread, takes from that alone.
///
/// Music that is converted already can still be replaced. After a seek, the feeder appends the
/// music of the new place to the ring and sends the audio thread there over a ramp. After a
/// steering that concerns what is mixed already, it mixes and converts again from the change on and
/// sends the audio thread over at exactly that frame, where old and new music are joined. After a
/// change of the host's rate, what is mixed already is converted again from what is heard on.
///
/// Threads:
///   audio   `pull`. Touches `output_` alone.
///   feeder  `feed` and all that it calls. Owns the mixdown: reads files, locks the session,
///           allocates. Writes `output_` and the whereabouts.
///   change  `set_rate`, while no `pull` runs. It shares the mixed music and the feeder's side of
///           `output_` with the feeder, under `music_mutex_`, and waits for no file.
///   any     The rest. These set or read atomics; `seek` also locks the session (see
///           Mixdown::announce) and wakes the feeder, and is not for the audio thread.
class LiveSource final : public Source {
 public:
  static constexpr std::chrono::milliseconds kFeedInterval{20};
  /// Begins at the session's rate. The feeder looks for work at least every `feed_interval`.
  LiveSource(session::SessionUse session, int session_rate,
             std::chrono::milliseconds feed_interval = kFeedInterval);
  ~LiveSource() override;

  absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) override;
  void set_paused(bool paused) override { output_.set_paused(paused); }
  void seek(std::int64_t frame) override;
  /// Changes the host's rate, in which frames are pulled. The music goes on at the place where it
  /// is. Allocates, and converts some of it. Must not run at the same time as `pull`.
  absl::Status set_rate(int rate);
  PlayerState state() const override { return output_.state(); }
  std::int64_t position() const override;
  int underruns() const override { return output_.underruns(); }
  /// [any-thread] How often the feeder has done all there was to do.
  std::uint32_t rests() const { return rests_.load(std::memory_order_acquire); }

 private:
  void feed();
  bool feed_once();
  bool is_stopping();
  void rest();
  void follow_seek();
  absl::Status follow_change();
  absl::StatusOr<Mixdown::State> mix_block();
  absl::Status replace_from(std::int64_t frame);
  bool wants_music();
  bool convert_ahead(double seconds) ABSL_EXCLUSIVE_LOCKS_REQUIRED(music_mutex_);

  const int session_rate_;
  const std::chrono::milliseconds feed_interval_;
  LiveOutput output_;  // counts underruns in the service's tally, which the mixdown's session keeps
  std::atomic<std::int64_t> seek_to_{-1};  // asked for, and not followed by the feeder yet
  std::atomic<std::uint32_t> rests_{0};

  // Feeder thread
  Mixdown mixdown_;
  audio::AudioBuffer block_;
  std::vector<float> interleaved_;

  // Guards the conversion of mixed audio to the host's sample rate, and the writing side of
  // `output_`.
  Mutex music_mutex_;
  LiveConverter converter_ ABSL_GUARDED_BY(music_mutex_);
  std::vector<float> converted_ ABSL_GUARDED_BY(music_mutex_);
  int rate_ ABSL_GUARDED_BY(music_mutex_);
  bool is_seeking_ ABSL_GUARDED_BY(music_mutex_) = false;    // a seek is about to be published
  bool is_replacing_ ABSL_GUARDED_BY(music_mutex_) = false;  // and a splice

  Mutex mutex_;
  CondVar wake_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread feeder_;  // last: it uses all of the above
};

}  // namespace focus::core::player
