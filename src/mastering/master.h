// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"
#include "mastering/cue_points.h"
#include "mastering/ending_fade.h"

namespace focus::core {

struct MasteringSettings {
  double target_lufs = -18.0;
  double ceiling_dbtp = -1.0;
  /// The session's planned last fade, baked into the file.
  EndingFade ending_fade = {};
};

/// What was reached. Loudness, range and cue points are those of the finished audio before its
/// ending fade; the true peak is that of the finished audio, always measured.
struct Mastering {
  double integrated_lufs = 0.0;
  double range_lu = 0.0;
  double true_peak_dbtp = 0.0;
  double gain_db = 0.0;  ///< the one linear gain
  bool limited = false;  ///< whether the ceiling asked for more than that gain
  CuePoints cue;
};

/// Brings `audio` to the target, in place: a constant offset is removed where there is one to speak
/// of, then one linear gain is applied; where the true peak would pass the ceiling, the limiter
/// holds it, and the gain makes good what that takes from the loudness, to within 0.1 LU where the
/// material can reach it. Nothing is ever clipped, and nothing shorter or longer.
///
/// `energies`, if given, receives the K-weighted mean square of each 10 ms of what was measured.
///
/// Fault::bad_data for audio that is silent or holds samples that are not numbers; after any error
/// `audio` is of no use.
absl::StatusOr<Mastering> master(AudioBuffer& audio, const MasteringSettings& settings,
                                 const CancelToken& cancel, std::vector<float>* energies = nullptr);

}  // namespace focus::core
