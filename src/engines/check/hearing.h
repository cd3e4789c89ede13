// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <absl/status/status.h>

#include "base/clock.h"
#include "engines/engine.h"

namespace focus::core::engines {

/// The measurements of one segment.
struct Heard {
  absl::Status status;      ///< what generate() returned
  double seconds = 0.0;     ///< the duration of generate()
  std::int64_t frames = 0;  ///< including those beyond the brief's
  std::uint64_t print = 0;  ///< a hash of all samples
  bool finite = true;
  double peak = 0.0;
  double power = 0.0;               ///< mean square over both channels
  double offset = 0.0;              ///< the largest absolute mean of a channel
  double first_step = 0.0;          ///< from silence to the first frame
  double early_step = 0.0;          ///< the largest between frames in the first 50 ms
  double silent_end_seconds = 0.0;  ///< exact zeros at the end
  /// Why a session would not take it (mastering/judgement.h); "" where it would, and where it was
  /// not delivered whole or can not be measured.
  std::string unfit;
  std::vector<float> kept;  ///< samples of the left channel, if requested
  /// The time from the cancellation to the return of generate(). Negative if it was not cancelled,
  /// or had delivered everything before.
  double after_cancel = -1.0;
};

/// When to cancel a segment: at a share of its audio or after a time, whichever comes first.
struct CancelPoint {
  double share = 2.0;           ///< of the audio, written or reported; more than 1: never
  double after_seconds = 1e12;  ///< after the start
};

/// The frames of the left channel to keep.
struct KeptFrames {
  std::int64_t first = 0;
  std::int64_t count = 0;
};

/// Lets the engine make a segment and measures it, without keeping audio except for `keep`. An
/// exception of the engine becomes an error.
Heard hear(const MusicEngine& engine, const plan::Brief& brief, const CancelPoint& cancel = {},
           const KeptFrames& keep = {});

/// Lets the engine make a segment and returns its audio.
absl::StatusOr<audio::AudioBuffer> record(const MusicEngine& engine, const plan::Brief& brief);

}  // namespace focus::core::engines
