// SPDX-License-Identifier: MIT
#include "mastering/cue_points.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "mastering/decibels.h"

namespace focus::core::mastering {
namespace {

constexpr double kBodyRangeLu = 9.0;
constexpr double kInaudibleDbfs = -70.0;

bool silent_at(audio::ConstAudioView audio, std::int64_t frame, float threshold) {
  for (int c = 0; c < audio.channel_count(); ++c) {
    if (std::abs(audio.channel(c)[frame]) > threshold) return false;
  }
  return true;
}

/// The first and the last loud block of the body. The windows are kMomentaryBlocks (400 ms) long.
struct Body {
  std::size_t first;
  std::size_t last;
};

std::optional<Body> find_body(std::span<const float> energies, double threshold) {
  std::vector<double> sums(energies.size() + 1);
  for (std::size_t i = 0; i < energies.size(); ++i) {
    sums[i + 1] = sums[i] + static_cast<double>(energies[i]);
  }
  const std::size_t window = std::min(kMomentaryBlocks, energies.size());
  const auto loud_window = [&](std::size_t start) {
    return sums[start + window] - sums[start] >= threshold * static_cast<double>(window);
  };
  const auto loud_block = [&](std::size_t i) {
    return static_cast<double>(energies[i]) >= threshold;
  };
  const std::size_t windows = energies.size() - window + 1;
  std::size_t from = 0;
  while (from < windows && !loud_window(from)) ++from;
  if (from == windows) return std::nullopt;
  std::size_t to = windows - 1;
  while (!loud_window(to)) --to;
  // A window whose mean is loud contains at least one loud block.
  std::size_t first = from;
  while (first < from + window - 1 && !loud_block(first)) ++first;
  std::size_t last = to + window - 1;
  while (last > to && !loud_block(last)) --last;
  return Body{first, last};
}

}  // namespace

CuePoints find_cue_points(const LoudnessMeter& meter, std::int64_t frames, int sample_rate) {
  CuePoints cue;
  cue.cue_out = frames;
  const auto energies = meter.block_energies();
  const double integrated = meter.integrated_lufs();
  if (std::isfinite(integrated) && !energies.empty()) {
    const double threshold = energy_of_lufs(integrated - kBodyRangeLu);
    if (const auto body = find_body(energies, threshold)) {
      const auto frame_of = [&](std::size_t block) {
        return static_cast<std::int64_t>(block) * sample_rate / LoudnessMeter::kBlocksPerSecond;
      };
      cue.cue_in = frame_of(body->first);
      // A rest of less than 10 ms at the end of a file has no block of its own. It belongs to the
      // last block.
      if (body->last + 1 < energies.size()) cue.cue_out = frame_of(body->last + 1);
    }
  }
  return cue;
}

CuePoints find_cue_points(audio::ConstAudioView audio, int sample_rate,
                          const LoudnessMeter& meter) {
  CuePoints cue = find_cue_points(meter, audio.frames(), sample_rate);
  const auto threshold = static_cast<float>(amplitude_of_db(kInaudibleDbfs));
  while (cue.leading_silence < audio.frames() && silent_at(audio, cue.leading_silence, threshold)) {
    ++cue.leading_silence;
  }
  const std::int64_t sounding = audio.frames() - cue.leading_silence;
  while (cue.trailing_silence < sounding &&
         silent_at(audio, audio.frames() - 1 - cue.trailing_silence, threshold)) {
    ++cue.trailing_silence;
  }
  return cue;
}

}  // namespace focus::core::mastering
