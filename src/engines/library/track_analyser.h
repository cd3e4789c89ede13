// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "engines/library/features.h"
#include "engines/library/key_finder.h"
#include "mastering/k_weighting.h"
#include "mastering/true_peak.h"

namespace focus::core::engines {

/// Measures a track in one pass, block by block: what it needs of memory is a minute of audio and
/// some bytes for each 10 ms. Does without libebur128, whose tables a plug-in must not touch (see
/// base/plug_in.h). To be used by one thread at a time.
class TrackAnalyser {
 public:
  explicit TrackAnalyser(int sample_rate);

  /// Appends stereo audio. Fault::bad_data for samples that are not finite.
  absl::Status add(audio::ConstAudioView stereo);
  /// What was found. Fault::bad_data where the audio is silent or too short to be played.
  absl::StatusOr<TrackAnalysis> result();

  /// What is shorter can not be joined to anything.
  static constexpr double kShortestSeconds = 12.0;

 private:
  void add_levels(audio::ConstAudioView part);
  void add_thin(audio::ConstAudioView part);
  void end_tempo();
  void find_stretch(TrackAnalysis& found) const;

  const int rate_;
  std::int64_t frames_ = 0;
  std::array<mastering::KWeighting, 2> weighting_;
  mastering::TruePeakMeter true_peak_;
  // Of the 10 ms that are being filled.
  double energy_ = 0.0;
  float peak_ = 0.0F;
  std::vector<float> energies_;
  std::vector<float> peaks_;
  // For the brightness: powers of the audio and of its slope.
  double power_ = 0.0;
  double slope_ = 0.0;
  std::array<float, 2> last_ = {};
  // The sum of both channels at half the rate or about that, for the tempo, and at a quarter.
  int thinning_;
  int thin_count_ = 0;
  float thin_sum_ = 0.0F;
  std::vector<float> thin_;
  std::vector<float> thinner_;
  float odd_ = 0.0F;
  bool has_odd_ = false;
  std::int64_t tempo_from_ = 0;  ///< the first sample of `thin_`, in the whole
  std::vector<TempoAt> tempi_;
  KeyFinder keys_;
};

}  // namespace focus::core::engines
