// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <absl/status/statusor.h>

namespace focus::core {

enum class PlayerState : std::int32_t { waiting, playing, paused, finished };

/// Where a player's stereo frames come from, at the session's rate.
class Source {
 public:
  virtual ~Source() = default;

  /// Fills `samples` (interleaved stereo) with `frames` frames and returns how many of them,
  /// counted from the first, are music; the rest is silence.
  virtual absl::StatusOr<std::int64_t> pull(float* samples, std::int64_t frames) = 0;

  virtual void set_paused(bool paused) = 0;
  virtual PlayerState state() const = 0;
  /// Frames of music pulled since the beginning.
  virtual std::int64_t position() const = 0;
  virtual int underruns() const = 0;
};

}  // namespace focus::core
