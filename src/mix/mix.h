// SPDX-License-Identifier: MIT
// Mixing: levels files of the user and joins them into one.
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
#include "mix/track.h"

namespace focus::core::mix {

struct MixSettings {
  double target_lufs = -18.0;
  double ceiling_dbtp = -1.0;
  std::optional<double> crossfade_seconds;  ///< none: chosen for each pair of files
  std::optional<int> sample_rate;           ///< none: see choose_mix_rate
  /// How much of a quiet ending or beginning may be left out at a joint, in addition to silence.
  double trim_seconds = 0.0;
  int bits = 0;        ///< see audio::user_format
  std::string format;  ///< likewise
};

/// The error names the field of focus_mix_options.
absl::Status validate(const MixSettings& settings);

struct MixedFile {
  std::string path;
  audio::AudioFileInfo file;
  mastering::Mastering mastering;
  double start_seconds = 0.0;   ///< the position of its first sample in the mix, played or not
  double cue_in_seconds = 0.0;  ///< start of its body, in the file's own time
  double cue_out_seconds = 0.0;
  /// What is not heard of its beginning and end, and how much of that is silence.
  double unheard_start_seconds = 0.0;
  double unheard_end_seconds = 0.0;
  double silent_start_seconds = 0.0;
  double silent_end_seconds = 0.0;
  std::vector<float> momentary_lufs;  ///< as mixed, every LoudnessCurve::kStepSeconds
};

/// The transition from file k to file k + 1.
struct MixedTransition {
  double start_seconds = 0.0;  ///< start of the overlap, in the mix
  double end_seconds = 0.0;
  double old_end_seconds = 0.0;    ///< the end of the overlap in the old file
  double new_start_seconds = 0.0;  ///< the start of the overlap in the new file
  double offset_seconds = 0.0;     ///< by which the old file is read later to match the new one
  mastering::TempoMatch match = mastering::TempoMatch::none;
  double old_bpm = 0.0;  ///< near the joint; 0: no pulse was found
  double new_bpm = 0.0;
  mastering::Transition transition;
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

/// Receives the mix as stereo blocks, from beginning to end.
using MixSink = std::function<absl::Status(audio::ConstAudioView)>;

/// Levels the files and joins them in the given order. The first is played from its beginning and
/// the last to its end; of the others the silence at a joint is left out, and what `trim_seconds`
/// permits. At most two files are in memory at a time. The same files and settings give
/// the same samples. `progress` receives the share that is done, 0 to 1. An error about a file
/// names its path.
absl::StatusOr<MixReport> make_mix(const std::vector<std::string>& paths, int sample_rate,
                                   const MixSettings& settings, const MixSink& sink,
                                   const std::function<void(double)>& progress,
                                   const CancelToken& cancel, const SourceCopies& copies = {});

}  // namespace focus::core::mix
