// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "audio/resampler.h"
#include "player/mixdown.h"
#include "session/session_use.h"

namespace focus::core::broadcast {

/// A session as one continuous stereo stream at a given rate, from a moment of it on. It is a live
/// listener of the session: what it has read counts as heard, so that a steering begins behind it.
/// Belongs to one thread at a time; it reads files, locks the session and allocates.
class ContinuousMusic {
 public:
  /// `start_seconds` of the session; behind its end, there is nothing to read.
  static absl::StatusOr<std::unique_ptr<ContinuousMusic>> create(session::SessionUse session,
                                                                 int rate, double start_seconds);

  struct Block {
    audio::ConstAudioView audio;  ///< finite, within full scale; valid until the next call
    player::Mixdown::State state = player::Mixdown::State::playing;
  };
  /// What comes next, about 20 ms. No frames where the music is late or has ended. After an error,
  /// which need not last, the same can be asked for again.
  absl::StatusOr<Block> read();

  /// Tells the session how far this listener is, and what it needs next.
  void report() { mixdown_.report(mixdown_.position()); }
  /// Whether the next block reaches a segment that is not made yet. Read all the same, the music
  /// goes on without it as long as it can, and is joined to it late.
  bool is_late() const;
  /// The segment that is read.
  int segment_index() const;

 private:
  ContinuousMusic(session::SessionUse session, int session_rate,
                  std::optional<audio::StreamResampler> resampler, int rate);
  std::int64_t convert(audio::ConstAudioView mixed, bool is_last);

  const session::SessionUse session_;
  const int session_rate_;
  player::Mixdown mixdown_;
  audio::AudioBuffer mixed_;
  std::optional<audio::StreamResampler> resampler_;  // where the rates differ
  std::vector<float> interleaved_;
  std::vector<float> converted_;
  std::int64_t given_in_ = 0;   // frames of the session
  std::int64_t given_out_ = 0;  // and of the stream
  audio::AudioBuffer out_;
};

}  // namespace focus::core::broadcast
