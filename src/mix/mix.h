// SPDX-License-Identifier: MIT
// Files of a user's, levelled and joined to one: what `mix` is.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/file.h"
#include "base/cancel.h"
#include "mastering/master.h"
#include "mastering/tempo.h"
#include "mastering/transition.h"

namespace focus::core {

struct MixSettings {
  double target_lufs = -18.0;
  double ceiling_dbtp = -1.0;
  std::optional<double> crossfade_seconds;  ///< none: found for each pair
  std::optional<int> sample_rate;           ///< none: see choose_mix_rate
};

/// The error names the field of focus_mix_options.
absl::Status validate(const MixSettings& settings);

struct MixedFile {
  std::string path;
  AudioFileInfo file;
  Mastering mastering;
  double start_seconds = 0.0;   ///< where its first sample lies in the mix, played or not
  double cue_in_seconds = 0.0;  ///< of its body, in the file's own time
  double cue_out_seconds = 0.0;
  std::vector<float> momentary_lufs;  ///< as it is mixed, a point each LoudnessCurve::kStepSeconds
};

/// How file k goes over into file k + 1.
struct MixedTransition {
  double start_seconds = 0.0;  ///< of the overlap, in the mix
  double end_seconds = 0.0;
  double old_end_seconds = 0.0;    ///< where the overlap ends in the old file
  double new_start_seconds = 0.0;  ///< where it begins in the new one
  double offset_seconds = 0.0;     ///< by which the old one was taken later for the two to agree
  TempoMatch match = TempoMatch::none;
  double old_bpm = 0.0;  ///< near the join; 0 where no pulse is known
  double new_bpm = 0.0;
  Transition transition;
};

struct MixReport {
  int sample_rate = 0;
  std::int64_t frames = 0;
  std::vector<MixedFile> files;
  std::vector<MixedTransition> transitions;

  double seconds() const {
    return sample_rate > 0 ? static_cast<double>(frames) / sample_rate : 0.0;
  }
};

/// Receives the mix, stereo, from its beginning to its end.
using MixSink = std::function<absl::Status(ConstAudioView)>;

/// Levels and joins the files in their order, in memory for two of them at a time: the first is
/// heard from its beginning and the last to its end. The same files and settings give the same
/// samples. `progress` is told the share that is done, 0 to 1. Errors about a file name its path.
absl::StatusOr<MixReport> make_mix(const std::vector<std::string>& paths, int sample_rate,
                                   const MixSettings& settings, const MixSink& sink,
                                   const std::function<void(double)>& progress,
                                   const CancelToken& cancel);

}  // namespace focus::core
