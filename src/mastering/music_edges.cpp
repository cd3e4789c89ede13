// SPDX-License-Identifier: MIT
#include "mastering/music_edges.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "mastering/crossfade_level.h"
#include "mastering/decibels.h"
#include "mastering/gating.h"

namespace focus::core::mastering {
namespace {

// Below this peak nothing is heard beside music: a noise floor that does not decay is silence.
constexpr double kQuietDbfs = -60.0;
// A decay is followed further down, to this peak, or to that of the file's own 16-bit dither.
constexpr double kSilentDbfs = -90.0;
constexpr double kDitherDbfs = -84.0;

// Levels are compared every 100 ms.
constexpr std::size_t kStepBlocks = 10;
constexpr std::size_t kStepsPerSecond = kLevelBlocksPerSecond / kStepBlocks;
// What falls by less than this within this time does not decay.
constexpr std::size_t kDecaySteps = 4 * kStepsPerSecond;
constexpr double kDecayDb = 1.5;
// What ends less far below its beginning does not decay: it breaks off.
constexpr double kLeastFallDb = 15.0;

/// The peak of every 10 ms over all channels, the rest at the end included.
std::vector<float> block_peaks(audio::ConstAudioView audio, int sample_rate) {
  const std::int64_t frames = audio.frames();
  const auto blocks =
      static_cast<std::size_t>((frames * kLevelBlocksPerSecond + sample_rate - 1) / sample_rate);
  std::vector<float> peaks(blocks);
  for (std::size_t b = 0; b < blocks; ++b) {
    const auto block = static_cast<std::int64_t>(b);
    const std::int64_t from = block * sample_rate / kLevelBlocksPerSecond;
    const std::int64_t to = std::min((block + 1) * sample_rate / kLevelBlocksPerSecond, frames);
    for (int c = 0; c < audio.channel_count(); ++c) {
      const float* x = audio.channel(c);
      for (std::int64_t i = from; i < to; ++i) peaks[b] = std::max(peaks[b], std::abs(x[i]));
    }
  }
  return peaks;
}

/// The end of the last block over `threshold`; 0 if there is none.
std::size_t end_over(std::span<const float> peaks, double threshold_db) {
  const auto threshold = static_cast<float>(amplitude_of_db(threshold_db));
  std::size_t end = peaks.size();
  while (end > 0 && peaks[end - 1] <= threshold) --end;
  return end;
}

/// The loudest level from each step to the end of the sound, in dB. The decay of single notes or
/// drum beats thus falls as one of a held chord does.
std::vector<double> levels_to_the_end(std::span<const float> energies, std::size_t end) {
  const std::size_t blocks = std::min(energies.size(), end);
  std::vector<double> levels;
  for (std::size_t from = 0; from < blocks; from += kStepBlocks) {
    const std::size_t to = std::min(from + kMomentaryBlocks, blocks);
    double sum = 0.0;
    for (std::size_t b = from; b < to; ++b) sum += static_cast<double>(energies[b]);
    levels.push_back(10.0 * std::log10(sum / static_cast<double>(to - from) + 1e-12));
  }
  for (std::size_t i = levels.size(); i-- > 1;) {
    levels[i - 1] = std::max(levels[i - 1], levels[i]);
  }
  return levels;
}

/// The block at which the decay begins that goes on until `end`; `end` if there is none.
std::size_t decay_before(std::span<const float> energies, std::size_t end) {
  const std::vector<double> levels = levels_to_the_end(energies, end);
  const std::size_t steps = levels.size();
  const auto falls = [&](std::size_t i) {
    return i + kDecaySteps >= steps || levels[i] - levels[i + kDecaySteps] >= kDecayDb;
  };
  std::size_t from = steps;
  while (from > 0 && falls(from - 1)) --from;
  if (from == steps || levels[from] - levels.back() < kLeastFallDb) return end;
  // The first seconds of what was found may still be level.
  std::size_t begin = from;
  while (levels[begin] > levels[from] - kDecayDb) ++begin;
  return begin * kStepBlocks;
}

struct End {
  std::size_t music = 0;
  std::size_t sound = 0;
};

End find_end(std::span<const float> energies, std::span<const float> peaks, double silent_dbfs) {
  const std::size_t audible = end_over(peaks, kQuietDbfs);
  const std::size_t last = end_over(peaks, std::min(silent_dbfs, kQuietDbfs));
  const std::size_t decay = decay_before(energies, last);
  if (decay < audible) return {decay, last};
  return {decay_before(energies, audible), audible};
}

}  // namespace

MusicEdges find_music_edges(audio::ConstAudioView audio, int sample_rate,
                            std::span<const float> energies, double gain_db) {
  return find_music_edges(block_peaks(audio, sample_rate), audio.frames(), sample_rate, energies,
                          gain_db);
}

MusicEdges find_music_edges(std::vector<float> peaks, std::int64_t frames, int sample_rate,
                            std::span<const float> energies, double gain_db) {
  const double silent_dbfs = std::max(kSilentDbfs, kDitherDbfs + gain_db);
  const End end = find_end(energies, peaks, silent_dbfs);
  // The beginning is the end of the same played backwards. Both lists then begin with the same
  // block, although a rest of less than 10 ms has a peak and no energy.
  std::vector<float> backwards(energies.begin(), energies.end());
  backwards.resize(peaks.size());
  std::reverse(backwards.begin(), backwards.end());
  std::reverse(peaks.begin(), peaks.end());
  const End start = find_end(backwards, peaks, silent_dbfs);

  const auto frame_of = [&](std::size_t block) {
    return std::min(static_cast<std::int64_t>(block) * sample_rate / kLevelBlocksPerSecond, frames);
  };
  MusicEdges edges;
  edges.sound_in = frame_of(peaks.size() - start.sound);
  edges.music_in = frame_of(peaks.size() - start.music);
  edges.music_out = end.music >= peaks.size() ? frames : frame_of(end.music);
  edges.sound_out = end.sound >= peaks.size() ? frames : frame_of(end.sound);
  if (edges.music_in > edges.music_out) {
    // Sound that swells and decays at once.
    edges.music_in = edges.music_out = (edges.music_in + edges.music_out) / 2;
  }
  return edges;
}

}  // namespace focus::core::mastering
