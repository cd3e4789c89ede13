// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "audio/resampler.h"
#include "player/source.h"

namespace focus::core::player {

/// A source at the host's rate, for a player that renders offline; that of a live player converts
/// ahead, see LiveConverter. It remembers what it pulled last, so that after a change of rate the
/// music continues where it was, without a gap, to within half a frame of the source.
class RateConverter {
 public:
  static constexpr std::int64_t kBlock = 256;

  /// Starts at the source's own rate. The source must live as long.
  RateConverter(Source& source, int source_rate);

  /// Allocates. Must not run at the same time as `fill`.
  absl::Status set_rate(int rate);

  /// Fills `out` (interleaved stereo) with up to kBlock frames and returns how many of them,
  /// counted from the first, are music; the rest is silence.
  absl::StatusOr<std::int64_t> fill(float* out, std::int64_t frames);

 private:
  struct Span {
    const float* samples = nullptr;
    std::int64_t frames = 0;
  };
  double ratio() const { return resampler_ ? resampler_->ratio() : 1.0; }
  double heard() const;
  Span waiting() const;
  void remember(const float* samples, std::int64_t frames, std::int64_t music);
  std::int64_t music_left() const;
  void begin_again();
  absl::Status pull_block();
  absl::Status convert(float* out, std::int64_t frames);
  std::int64_t convert_waiting(float* out, std::int64_t frames);
  absl::StatusOr<std::int64_t> fill_directly(float* out, std::int64_t frames);
  absl::StatusOr<std::int64_t> fill_converted(float* out, std::int64_t frames);

  Source& source_;
  const int source_rate_;
  int rate_;
  std::optional<audio::StreamResampler> resampler_;  // only where the rates differ
  std::vector<float> recent_;   // frame n of all that was pulled, at n modulo its length
  std::int64_t pulled_ = 0;     // frames that were pulled from the source
  std::int64_t taken_ = 0;      // of those, the frames given to the resampler or to the host
  std::int64_t music_end_ = 0;  // the number of the frame behind the last one that is music
  bool is_music_ = false;       // whether there was music in what was pulled last
  // Since the resampler began:
  double origin_ = 0.0;         // the pulled frame at which it began
  std::int64_t converted_ = 0;  // frames it made at the host's rate, including skipped ones
  std::int64_t skip_ = 0;       // frames that it makes next and that the host has heard already
};

}  // namespace focus::core::player
