// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/statusor.h>

#include "player/whereabouts.h"

namespace focus::core::player {

enum class PlayerState : std::int32_t { waiting, playing, paused, finished };

/// Where a player's stereo frames come from: at the session's rate, or already at the host's (see
/// LiveSource). `pull` is for one thread at a time (the audio thread of a live player); the rest is
/// for any thread.
class Source {
 public:
  virtual ~Source() = default;

  /// Fills `samples` (interleaved stereo) with `frames` frames and returns how many of them,
  /// counted from the first, are music; the rest is silence.
  virtual absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) = 0;

  virtual void set_paused(bool paused) = 0;
  /// Continues from a frame of the session, some time after the call: `position` is that frame from
  /// the call on.
  virtual void seek(std::int64_t frame) = 0;
  /// Whether the next `pull` continues from another place without a ramp, so that the caller has to
  /// drop what it pulled before and has not given out yet. False for a live source, which ramps.
  virtual bool leaps() const { return false; }
  virtual PlayerState state() const = 0;
  /// The frame of the session that is heard next.
  virtual std::int64_t position() const = 0;
  virtual int underruns() const = 0;
  const Whereabouts& whereabouts() const { return whereabouts_; }

 protected:
  Whereabouts whereabouts_;
};

}  // namespace focus::core::player
