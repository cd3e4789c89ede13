// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/resampler.h"

namespace focus::core::player {

/// What a live player does off its audio thread to give the host frames at its own rate: the music
/// as it was mixed, at the session's rate and for some seconds, and the resampler that makes the
/// host's frames of it. Samples are interleaved stereo.
///
/// The music is kept, so that the conversion can begin again anywhere in it: where a steering
/// replaces what was converted already, or where the host's rate changes. Frames that are made
/// twice from the same music are the same.
///
/// Used by one thread at a time; see LiveSource. Only what says so allocates.
class LiveConverter {
 public:
  using Resampler = std::optional<audio::StreamResampler>;  // none where both rates are equal

  /// Keeps the last `kept_frames`. Converts to the session's own rate at first. Allocates.
  LiveConverter(int session_rate, std::int64_t kept_frames);

  /// Allocates the resampler for the host's rate.
  static absl::StatusOr<Resampler> resampler(int session_rate, int rate);
  /// From now on frames are made for `rate`, by `resampler`, which is exchanged for the one before.
  /// `continue_from` must follow.
  void set_rate(int rate, Resampler& resampler);

  // ---- Music

  /// Forgets all music. What is added next is that of the session's frame `position`.
  void restart(std::int64_t position);
  /// Forgets the music from the session's frame `position` on, which must not lie behind the end.
  /// `continue_from` must follow.
  void cut(std::int64_t position);
  void add(const float* samples, std::int64_t frames);
  /// Whether nothing follows the music that was added. Its last frames can be made only then, since
  /// the filter looks ahead.
  void set_complete(bool complete) { is_complete_ = complete; }
  /// The frame of the session behind the last one that was added.
  std::int64_t end() const { return end_; }

  // ---- Conversion

  /// The frame that is made next lies at `position` of the session, where there is music, or at its
  /// end.
  void continue_from(double position);
  /// Where in the session the frame lies that is made next.
  double position() const;
  /// Makes up to `frames` frames at the host's rate and returns how many; fewer where the music
  /// does not suffice for more.
  std::int64_t convert(float* out, std::int64_t frames);
  /// Whether the music is complete and all frames were made of it.
  bool is_done() const { return is_complete_ && due() <= 0; }
  /// The frames that can come of `frames` frames of music at most.
  std::int64_t most_frames(std::int64_t frames) const;
  /// How far, in the session's frames, a frame that is made looks ahead.
  std::int64_t look_ahead() const;

 private:
  double ratio() const { return resampler_ ? resampler_->ratio() : 1.0; }
  std::int64_t due() const;
  std::int64_t copy(float* out, std::int64_t frames);
  std::int64_t resample(float* out, std::int64_t frames);

  const int session_rate_;
  int rate_;
  Resampler resampler_;
  std::vector<float> music_;  // the session's frame n stands at n modulo its length
  const std::int64_t kept_frames_;
  std::int64_t begin_ = 0;  // the first frame that is kept, and the one behind the last
  std::int64_t end_ = 0;
  bool is_complete_ = false;

  std::int64_t taken_ = 0;  // the frame that the resampler is given next
  // Since the resampler began:
  std::int64_t origin_ = 0;  // the frame at which it began
  std::int64_t made_ = 0;    // frames that it made, including skipped ones
  std::int64_t skip_ = 0;    // frames that it makes next and that nobody wants
  bool is_drained_ = false;  // it was given silence behind the music's end
};

}  // namespace focus::core::player
