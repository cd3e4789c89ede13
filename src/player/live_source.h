// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "base/mutex.h"
#include "player/live_output.h"
#include "player/mixdown.h"
#include "player/source.h"

namespace focus::core::player {

/// The source of a player whose host renders in an audio callback. A feeder thread mixes two
/// seconds ahead into a LiveOutput; `pull`, on the audio thread, takes from that alone.
///
/// Music that is mixed already can still be replaced. After a seek, the feeder appends the music of
/// the new place to the ring and sends the audio thread there over a ramp. After a steering that
/// concerns what is mixed already, it mixes again from the change on and sends the audio thread
/// over at exactly that frame, where old and new music are joined.
///
/// Threads:
///   audio   `pull`. Touches `output_` alone.
///   feeder  `feed` and all that it calls. Owns the mixdown: reads files, locks the session,
///           allocates. Writes `output_` and the whereabouts.
///   any     The rest. These set or read atomics; `seek` also locks the session (see
///           Mixdown::announce) and wakes the feeder, and is not for the audio thread.
class LiveSource final : public Source {
 public:
  static constexpr std::chrono::milliseconds kFeedInterval{20};
  /// The feeder looks for work at least every `feed_interval`.
  LiveSource(session::SessionUse session, int sample_rate,
             std::chrono::milliseconds feed_interval = kFeedInterval);
  ~LiveSource() override;

  absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) override;
  void set_paused(bool paused) override { output_.set_paused(paused); }
  void seek(std::int64_t frame) override;
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

  const int sample_rate_;
  const std::chrono::milliseconds feed_interval_;
  LiveOutput output_;  // counts underruns in the service's tally, which the mixdown's session keeps
  std::atomic<std::int64_t> seek_to_{-1};  // asked for, and not followed by the feeder yet
  std::atomic<std::uint32_t> rests_{0};

  // Feeder thread
  Mixdown mixdown_;
  audio::AudioBuffer block_;
  std::vector<float> interleaved_;

  Mutex mutex_;
  CondVar wake_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread feeder_;  // last: it uses all of the above
};

}  // namespace focus::core::player
