// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "base/cancel.h"
#include "mastering/cue_points.h"
#include "mastering/ending_fade.h"
#include "mastering/inspection.h"

namespace focus::core::mastering {

struct MasteringSettings {
  double target_lufs = -18.0;
  double ceiling_dbtp = -1.0;
  /// The session's ending fade, which becomes part of the file.
  EndingFade ending_fade = {};
};

/// What master() has come across. It is what judgement.h judges, and is not kept.
struct Findings {
  double input_peak = 0.0;  ///< the largest absolute sample that was delivered
  double input_peak_seconds = 0.0;
  /// What brings it to the target without the limiter, whose losses raise Mastering::gain_db.
  double needed_gain_db = 0.0;
  double input_offset = 0.0;    ///< the largest constant offset that was removed, at needed_gain_db
  double offset = 0.0;          ///< of the finished audio: Inspection::lasting_offset
  Inspection::Stretch silence;  ///< the longest stretch under -60 dBFS before the ending fade
};

/// The result. Loudness, range and cue points are those of the finished audio before its ending
/// fade. The true peak is that of the finished audio and always measured.
struct Mastering {
  double integrated_lufs = 0.0;
  double range_lu = 0.0;
  double true_peak_dbtp = 0.0;
  double gain_db = 0.0;  ///< the linear gain, without the limiter's
  bool limited = false;  ///< whether the limiter was needed to hold the ceiling
  CuePoints cue;
  Findings found;
};

/// Brings `audio` to the target loudness, in place. First a noticeable DC offset is removed; then
/// one linear gain is applied. If the true peak would exceed the ceiling, the limiter is applied
/// too, and the gain is raised to compensate for the loudness that the limiter removes, until the
/// target is met within 0.1 LU or the limiter cannot get closer. No sample is clipped, and the
/// length does not change.
///
/// If `energies` is given, it receives the K-weighted mean square of every 10 ms of the result
/// (before the ending fade).
///
/// Fault::bad_data if the audio is silent or contains samples that are not finite. After an error
/// the content of `audio` is unspecified.
absl::StatusOr<Mastering> master(audio::AudioBuffer& audio, const MasteringSettings& settings,
                                 const CancelToken& cancel, std::vector<float>* energies = nullptr);

}  // namespace focus::core::mastering
