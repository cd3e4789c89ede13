// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "audio/buffer.h"
#include "audio/file.h"
#include "audio/source.h"
#include "base/cancel.h"
#include "mastering/master.h"
#include "mastering/music_edges.h"

namespace focus::core::mix {

/// A file as it goes into a mix: complete, in stereo, at the sample rate and loudness of the mix.
struct Track {
  audio::AudioFileInfo file;
  audio::AudioBuffer audio;
  mastering::Mastering mastering;
  std::vector<float> energies;  ///< K-weighted mean square of every 10 ms
  mastering::MusicEdges edges;
};

/// By their paths, copies of what can be read once only: pipes.
using SourceCopies = std::map<std::string, std::shared_ptr<audio::AudioSource>>;

/// Reads, folds down, resamples and masters a file. Needs memory for the track and a few blocks.
/// `progress` receives the share that is done, 0 to 1. Errors name the path; a file without
/// measurable loudness, or whose level is that of single wild samples (mastering/judgement.h), is
/// Fault::bad_data.
absl::StatusOr<Track> load_track(const std::string& path, int sample_rate,
                                 const mastering::MasteringSettings& settings,
                                 const std::function<void(double)>& progress,
                                 const CancelToken& cancel, const SourceCopies& copies = {});

}  // namespace focus::core::mix
