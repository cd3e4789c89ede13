// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/resampler.h"
#include "player/source.h"
#include "session/session_use.h"

namespace focus::core {

struct PlayerOptions {
  enum class Mode { live, offline };
  Mode mode = Mode::live;
  int sample_rate = 0;    ///< 8000 to 192000 Hz; 0: the session's
  int channel_count = 2;  ///< 1 to 8
};

struct PlayerInfo {
  PlayerState state = PlayerState::waiting;
  int segment_index = 0;  ///< that is heard; in an overlap, the newer one
  int underruns = 0;
  double position_seconds = 0.0;
};

/// A session at the host's rate and channel count: a source at the session's rate, one resampler
/// after it, and the channels laid out as the host has them. `render_*` is for one thread at a
/// time, the audio thread when live; the rest is for any thread.
class Player {
 public:
  static absl::StatusOr<std::unique_ptr<Player>> create(const SessionUse& session,
                                                        const PlayerOptions& options);

  /// Returns how many of the frames were music; what is not is silence.
  absl::StatusOr<std::int64_t> render_interleaved(float* samples, std::int64_t frames);
  absl::StatusOr<std::int64_t> render_planar(float* const* channels, std::int64_t frames);

  void set_paused(bool paused) { source_->set_paused(paused); }
  PlayerInfo info() const;

 private:
  static constexpr std::int64_t kBlock = 256;
  using StereoBlock = std::array<float, kBlock * 2>;

  Player(const SessionUse& session, int channel_count, std::unique_ptr<Source> source,
         std::optional<StreamResampler> resampler);
  template <typename Sample>
  absl::StatusOr<std::int64_t> render(std::int64_t frames, Sample sample_at);
  absl::StatusOr<std::int64_t> fill(std::int64_t frames);
  absl::StatusOr<std::int64_t> fill_resampled(std::int64_t frames);

  SessionUse session_;
  const int channel_count_;
  std::unique_ptr<Source> source_;
  std::optional<StreamResampler> resampler_;

  StereoBlock output_{};  // at the host's rate
  StereoBlock input_{};   // at the session's
  std::int64_t input_begin_ = 0;
  std::int64_t input_end_ = 0;
  bool input_is_music_ = false;
  std::int64_t music_frames_ = 0;  // given to the host so far
};

}  // namespace focus::core
