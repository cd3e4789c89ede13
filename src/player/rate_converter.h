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

/// A source at the host's rate. Remembers what it has pulled last, so that the music goes on where
/// it was when the rate changes, without a gap: to within half a frame of the source's.
class RateConverter {
 public:
  static constexpr std::int64_t kBlock = 256;

  /// At the source's own rate, until another is set. The source outlives it.
  RateConverter(Source& source, int source_rate);

  /// Allocates; nobody may `fill` meanwhile.
  absl::Status set_rate(int rate);

  /// Fills `out` (interleaved stereo) with up to kBlock frames and returns how many of them,
  /// counted from the first, are music; the rest is silence. [audio-thread]
  absl::StatusOr<std::int64_t> fill(float* out, std::int64_t frames);

 private:
  struct Span {
    const float* samples = nullptr;
    std::int64_t frames = 0;
  };
  struct Start {
    std::int64_t frame = 0;  // of those pulled
    std::int64_t skip = 0;   // frames at the host's rate from there to what is heard next
  };
  Start best_start(double here, std::int64_t oldest) const;
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
  std::optional<audio::StreamResampler> resampler_;  // where the rates differ
  std::vector<float> recent_;   // frame n of all that was pulled, at n modulo its length
  std::int64_t pulled_ = 0;     // frames
  std::int64_t taken_ = 0;      // of those, given to the resampler or to the host
  std::int64_t music_end_ = 0;  // behind the last one that is music
  bool is_music_ = false;       // what was pulled last
  // Since the resampler began:
  double origin_ = 0.0;         // the pulled frame at which it did
  std::int64_t converted_ = 0;  // frames at the host's rate, those that are skipped included
  std::int64_t skip_ = 0;       // of the next ones, which the host has heard already
};

}  // namespace focus::core::player
