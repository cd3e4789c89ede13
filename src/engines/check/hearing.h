// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <absl/status/status.h>

#include "base/clock.h"
#include "engines/engine.h"

namespace focus::core {

/// What was heard of one segment.
struct Heard {
  absl::Status status;      ///< with which the engine came back
  double seconds = 0.0;     ///< that it took
  std::int64_t frames = 0;  ///< those beyond the brief's counted as well
  std::uint64_t print = 0;  ///< a hash of all samples: the same ones have the same
  bool finite = true;
  double peak = 0.0;
  double power = 0.0;               ///< mean square over both channels
  double offset = 0.0;              ///< of the channel whose mean is further from 0
  double first_step = 0.0;          ///< from silence to the first frame
  double early_step = 0.0;          ///< the largest between frames in the first 50 ms after that
  double silent_end_seconds = 0.0;  ///< of exact zeros at the end
  std::vector<float> kept;          ///< of the left channel, where it was asked for
  /// How long after it was cancelled it came back; below 0 where it was not cancelled, or had
  /// delivered everything before.
  double after_cancel = -1.0;
};

/// When a segment is cancelled while it is made: at a share of its audio or of the time that it
/// may take, whichever is first.
struct CancelPoint {
  double share = 2.0;           ///< of the audio, written or reported; above 1: never
  double after_seconds = 1e12;  ///< since the start
};

/// Which frames of the left channel to keep.
struct KeptFrames {
  std::int64_t first = 0;
  std::int64_t count = 0;
};

/// Has a segment made and listens to it, keeping no audio but what was asked for. What an engine
/// throws is its error.
Heard hear(const MusicEngine& engine, const Brief& brief, const CancelPoint& cancel = {},
           const KeptFrames& keep = {});

/// Has it made into a buffer, the end of which another segment can continue.
absl::StatusOr<AudioBuffer> record(const MusicEngine& engine, const Brief& brief);

}  // namespace focus::core
