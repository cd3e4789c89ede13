// SPDX-License-Identifier: MIT
#include "mastering/crossfade_trim.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "mastering/decibels.h"
#include "mastering/true_peak.h"

namespace focus::core::mastering {
namespace {

constexpr int kKnotsPerSecond = 100;
constexpr std::int64_t kKnotSmoothing = 20;  // on either side of a knot
constexpr double kInterpolationMargin =
    0.999;  // the interpolator sees samples with different gains
constexpr int kRounds = 4;

/// The true peak of each block of the sum. The first and the last samples of the overlap are used
/// only as context of the interpolation: their neighbours are in the bodies, which are not here.
std::vector<double> peaks_of_sum(audio::ConstAudioView sum, std::size_t blocks) {
  const std::int64_t first = kPeakTapsBefore;
  const std::int64_t end = sum.frames() - kPeakTapsAfter;
  std::vector<double> peaks(blocks);
  std::vector<float> buffer(static_cast<std::size_t>(sum.frames()) / blocks + 1);
  for (std::size_t b = 0; b < blocks; ++b) {
    const auto edge = [&](std::size_t block) {
      return sum.frames() * static_cast<std::int64_t>(block) / static_cast<std::int64_t>(blocks);
    };
    const std::int64_t from = std::max(edge(b), first);
    const auto count = static_cast<int>(std::min(edge(b + 1), end) - from);
    if (count <= 0) continue;
    for (int c = 0; c < sum.channel_count(); ++c) {
      interpolated_peaks(sum.channel(c) + from, count, buffer.data());
      peaks[b] =
          std::max<double>(peaks[b], *std::max_element(buffer.begin(), buffer.begin() + count));
    }
  }
  return peaks;
}

/// The reach of the smoothing at knot `k` of 0 ... last. It is 0 at both ends, where the trim stays
/// 1.
std::int64_t reach_at(std::int64_t k, std::int64_t last) {
  return std::min({kKnotSmoothing, k / 2, (last - k) / 2});
}

/// Returns a smooth curve that does not exceed `needs` at any knot. Each knot gets a moving average
/// of minima. Every minimum that contributes to knot k's average covers k's own need, so the
/// average does not exceed it.
std::vector<float> smooth_below(const std::vector<double>& needs) {
  const auto last = static_cast<std::int64_t>(needs.size()) - 1;
  std::vector<double> minima(needs);
  for (std::int64_t k = 0; k <= last; ++k) {
    for (std::int64_t j = k - reach_at(k, last); j <= k + reach_at(k, last); ++j) {
      double& minimum = minima[static_cast<std::size_t>(j)];
      minimum = std::min(minimum, needs[static_cast<std::size_t>(k)]);
    }
  }
  std::vector<float> smooth(needs.size());
  for (std::int64_t k = 0; k <= last; ++k) {
    const std::int64_t reach = reach_at(k, last);
    double sum = 0.0;
    for (std::int64_t j = k - reach; j <= k + reach; ++j)
      sum += minima[static_cast<std::size_t>(j)];
    smooth[static_cast<std::size_t>(k)] =
        static_cast<float>(sum / static_cast<double>(2 * reach + 1));
  }
  return smooth;
}

}  // namespace

double crossfade_trim_at(std::span<const float> trim, double u) {
  if (trim.empty()) return 1.0;
  const double at = std::clamp(u, 0.0, 1.0) * static_cast<double>(trim.size() - 1);
  const auto knot = std::min(static_cast<std::size_t>(at), trim.size() - 2);
  const double low = static_cast<double>(trim[knot]);
  return low + (static_cast<double>(trim[knot + 1]) - low) * (at - static_cast<double>(knot));
}

void hold_crossfade_ceiling(audio::ConstAudioView old_tail, audio::ConstAudioView new_head,
                            int sample_rate, double ceiling_dbtp, Transition& transition) {
  const double ceiling = amplitude_of_db(ceiling_dbtp);
  // Both gains are at most 2 (the limit of k), so two quiet sides cannot exceed the ceiling.
  const double loudest = std::max(sample_peak(old_tail), sample_peak(new_head));
  if (loudest * 4.0 * true_peak_bound() <= ceiling) return;

  const std::int64_t block_frames = std::max(sample_rate / kKnotsPerSecond, 1);
  const auto blocks =
      static_cast<std::size_t>(std::max<std::int64_t>(transition.frames / block_frames, 1));
  audio::AudioBuffer sum(old_tail.channel_count(), transition.frames, sample_rate);
  std::vector<double> needs(blocks + 1, 1.0);
  for (int round = 0; round < kRounds; ++round) {
    transition.mix_crossfade(old_tail, new_head, 0, sum.view());
    const std::vector<double> peaks = peaks_of_sum(sum.view(), blocks);
    bool over = false;
    // Both knots of a block are lowered, because the gain between them is interpolated. The first
    // and the last knot stay 1 to meet the bodies. Several rounds are needed: the trim is smoothed,
    // and the peaks are measured again with the new gain.
    for (std::size_t b = 0; b < blocks; ++b) {
      if (peaks[b] <= ceiling) continue;
      for (const std::size_t knot : {b, b + 1}) {
        if (knot == 0 || knot == blocks) continue;
        const double now =
            transition.trim.empty() ? 1.0 : static_cast<double>(transition.trim[knot]);
        needs[knot] = std::min(needs[knot], now * ceiling / peaks[b] * kInterpolationMargin);
        over = true;
      }
    }
    if (!over) break;
    transition.trim = smooth_below(needs);
  }
  if (!transition.trim.empty()) {
    transition.deepest_trim_db = -db_of_amplitude(
        static_cast<double>(*std::min_element(transition.trim.begin(), transition.trim.end())));
  }
}

}  // namespace focus::core::mastering
