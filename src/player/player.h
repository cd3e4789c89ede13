// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "player/rate_converter.h"
#include "player/source.h"
#include "player/volume.h"
#include "session/session_use.h"

namespace focus::core::player {

class LiveSource;

struct PlayerOptions {
  enum class Mode { live, offline };
  Mode mode = Mode::live;
  int sample_rate = 0;    ///< 8000 to 192000 Hz; 0: the session's
  int channel_count = 2;  ///< 1 to 8
  /// How long the feeder of a live player rests at most; for tests that keep a time of their own.
  std::chrono::milliseconds feed_interval{20};
};

struct PlayerInfo {
  PlayerState state = PlayerState::waiting;
  int segment_index = 0;  ///< the segment that is heard; in an overlap, the newer one
  int underruns = 0;
  double position_seconds = 0.0;
  double duration_seconds = 0.0;
  double next_join_seconds = -1.0;  ///< where in the session the next segment begins; -1: none does
  double sleep_seconds = -1.0;      ///< of music until the sleep timer's silence; -1: not set
  double volume = 1.0;
  int sample_rate = 0;
  int channel_count = 2;
};

/// A session at the host's rate and channel count: a source, the volume applied, and the channels
/// laid out as the host has them. The rate is converted by the source itself when live, ahead and
/// off the audio thread, and by the caller of `render_*` when offline.
///
/// Threads: `render_*` is for one thread at a time, which is the audio thread when live. It then
/// neither allocates, locks, logs, touches files, waits, throws, resamples nor calls the host. What
/// is set from any thread holds from the next block on, however much is converted ahead.
/// `set_output` must not run at the same time as `render_*`. The rest is for any thread.
class Player {
 public:
  static absl::StatusOr<std::unique_ptr<Player>> create(const session::SessionUse& session,
                                                        const PlayerOptions& options);

  /// Returns how many of the frames were music; what is not is silence.
  absl::StatusOr<std::int64_t> render_interleaved(float* samples, std::int64_t frames);
  absl::StatusOr<std::int64_t> render_planar(float* const* channels, std::int64_t frames);

  void set_paused(bool paused);
  /// Continues from a moment of the session.
  absl::Status seek(double seconds);
  /// To the beginning of the next segment.
  absl::Status skip();
  /// Linear, 0 to 1.
  absl::Status set_volume(double volume);
  /// Pauses after `seconds` of music, of which the last `fade_seconds` fade; see Volume.
  absl::Status set_sleep_timer(double seconds, double fade_seconds);
  /// Changes the host's rate (0: the session's) and channel count. The music continues where it
  /// was. Allocates.
  absl::Status set_output(int sample_rate, int channel_count);
  PlayerInfo info() const;
  /// How often the feeder of a live player has done all there was to do.
  std::uint32_t feeder_rests() const;

 private:
  static constexpr std::int64_t kBlock = RateConverter::kBlock;

  Player(const session::SessionUse& session, const PlayerOptions& options);
  absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames);
  template <typename Sample>
  absl::StatusOr<std::int64_t> render(std::int64_t frames, Sample sample_at);

  session::SessionUse session_;
  std::unique_ptr<Source> source_;
  LiveSource* live_ = nullptr;              // `source_`, of a live player
  std::optional<RateConverter> converter_;  // of an offline one
  Volume volume_;
  std::atomic<int> sample_rate_{0};
  std::atomic<int> channel_count_{2};
  std::atomic<bool> woken_{false};  // resumed: the next render ends a sleep timer's silence
  std::array<float, kBlock * 2> output_{};
};

}  // namespace focus::core::player
