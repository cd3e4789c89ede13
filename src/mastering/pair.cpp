// SPDX-License-Identifier: MIT
#include "mastering/pair.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "mastering/crossfade_level.h"
#include "mastering/gating.h"

namespace focus::core::mastering {
namespace {

using Blocks = std::int64_t;  // of 10 ms

constexpr Blocks kUsual = 8 * kLevelBlocksPerSecond;
constexpr Blocks kShortest = 4 * kLevelBlocksPerSecond;
constexpr Blocks kLengths[] = {400, 600, 1200, 1600};  // tried in addition to the usual one
constexpr double kShareOfBody = 0.1;
constexpr double kShareWhenAsked = 0.5;
// The last second of the body may lie this far below the body's loudness, in LU. Each depth gives a
// candidate for the end; the cue points themselves are at 9 LU.
constexpr double kDepths[] = {6.0, 4.0, 3.0, 2.0};
constexpr Blocks kDepthWindow = kLevelBlocksPerSecond;
constexpr Blocks kAround = 3 * kLevelBlocksPerSecond;  // also judged, on either side of the overlap
// Weights of a candidate's cost, in LU. Short-term deviations count most. The costs for music that
// is omitted and for a length other than the usual one are small: they decide between otherwise
// similar candidates.
constexpr double kBumpWeight = 0.5;
constexpr double kMomentaryWeight = 0.25;
constexpr double kPerSecondLost = 0.05;
constexpr double kPerSecondOff = 0.1;

struct Side {
  std::span<const float> energies;
  double body_energy;
  Blocks from;  // the body
  Blocks to;
};

struct Candidate {
  Blocks old_end;
  Blocks new_start;
  Blocks length;
};

/// Candidates for the end of the body: for each depth, the end of the last second that is loud
/// enough.
std::vector<Blocks> ends_of(const Side& side) {
  std::vector<Blocks> ends = {side.to};
  for (const double depth : kDepths) {
    const double threshold = side.body_energy * std::pow(10.0, -0.1 * depth);
    Blocks end = side.to;
    while (end - kDepthWindow >= side.from &&
           window_energy(side.energies, static_cast<std::size_t>(end), kDepthWindow) < threshold) {
      --end;
    }
    if (end - kDepthWindow >= side.from && end != ends.back()) ends.push_back(end);
  }
  return ends;
}

std::vector<Blocks> starts_of(const Side& side) {
  std::vector<Blocks> starts = {side.from};
  for (const double depth : kDepths) {
    const double threshold = side.body_energy * std::pow(10.0, -0.1 * depth);
    Blocks start = side.from;
    while (start + kDepthWindow <= side.to &&
           window_energy(side.energies, static_cast<std::size_t>(start + kDepthWindow),
                         kDepthWindow) < threshold) {
      ++start;
    }
    if (start + kDepthWindow <= side.to && start != starts.back()) starts.push_back(start);
  }
  return starts;
}

std::vector<Blocks> lengths_within(Blocks most) {
  if (most <= kShortest) return {most};
  std::vector<Blocks> lengths = {std::min(kUsual, most)};
  for (const Blocks length : kLengths) {
    if (length <= most && length != lengths.front()) lengths.push_back(length);
  }
  return lengths;
}

/// The largest deviations of the windows of `window` blocks below and above the mean level of the
/// bodies, in LU.
struct Swing {
  double dip = 0.0;
  double bump = 0.0;
};

Swing swing_of(const std::vector<double>& sums, Blocks window, double line_db) {
  Swing swing;
  const auto size = static_cast<Blocks>(sums.size()) - 1;
  for (Blocks end = std::min(window, size); end <= size; end += 5) {
    const Blocks start = std::max<Blocks>(end - window, 0);
    const double energy =
        (sums[static_cast<std::size_t>(end)] - sums[static_cast<std::size_t>(start)]) /
        static_cast<double>(std::max<Blocks>(end - start, 1));
    const double over = 10.0 * std::log10(std::max(energy, 1e-10)) - line_db;
    swing.dip = std::max(swing.dip, -over);
    swing.bump = std::max(swing.bump, over);
  }
  return swing;
}

/// How unsteady the mix would be with this candidate: predicts its block energies as if the two
/// sides were uncorrelated (product = 0) and rates their deviations.
double unrest_of(const Side& old_side, const Side& new_side, const Candidate& candidate) {
  const auto part = [](const Side& side, Blocks from, Blocks count) {
    return side.energies.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(count));
  };
  const auto old_part = part(old_side, candidate.old_end - candidate.length, candidate.length);
  const auto new_part = part(new_side, candidate.new_start, candidate.length);
  OverlapEnergies energies;
  energies.old_energy.assign(old_part.begin(), old_part.end());
  energies.new_energy.assign(new_part.begin(), new_part.end());
  energies.product.resize(old_part.size());
  const std::vector<float> level =
      held_level(energies, {old_side.body_energy, new_side.body_energy});

  std::vector<double> sums = {0.0};
  const auto add = [&sums](double energy) { sums.push_back(sums.back() + energy); };
  const Blocks begin = candidate.old_end - candidate.length;
  for (Blocks i = std::max<Blocks>(begin - kAround, old_side.from); i < begin; ++i) {
    add(static_cast<double>(old_side.energies[static_cast<std::size_t>(i)]));
  }
  for (std::size_t i = 0; i < old_part.size(); ++i) {
    const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(old_part.size());
    const double p = crossfade_position(u);
    const double k = static_cast<double>(level[i]);
    add(k * k *
        ((1.0 - p) * (1.0 - p) * static_cast<double>(old_part[i]) +
         p * p * static_cast<double>(new_part[i])));
  }
  const Blocks end = candidate.new_start + candidate.length;
  for (Blocks i = end; i < std::min(end + kAround, new_side.to); ++i) {
    add(static_cast<double>(new_side.energies[static_cast<std::size_t>(i)]));
  }
  const double line =
      5.0 * std::log10(std::max(old_side.body_energy * new_side.body_energy, 1e-20));
  const Swing shorter = swing_of(sums, kMomentaryBlocks, line);
  const Swing longer = swing_of(sums, kShortTermBlocks, line);
  return longer.dip + kBumpWeight * longer.bump +
         kMomentaryWeight * (shorter.dip + kBumpWeight * shorter.bump);
}

Blocks blocks_of(std::int64_t frames, int sample_rate) {
  return frames * kLevelBlocksPerSecond / sample_rate;
}

Side side_of(const PairSide& side, int sample_rate) {
  const auto count = static_cast<Blocks>(side.energies.size());
  Side result{side.energies, energy_of_lufs(side.integrated_lufs),
              std::min(blocks_of(side.cue_in, sample_rate), count),
              std::min(blocks_of(side.cue_out, sample_rate), count)};
  const Blocks free_from = (side.free_from * kLevelBlocksPerSecond + sample_rate - 1) / sample_rate;
  result.from = std::min(std::max(result.from, free_from), result.to);
  return result;
}

}  // namespace

Joint find_joint(const PairSide& old_side, const PairSide& new_side, int sample_rate,
                 std::optional<double> seconds) {
  const Side old_body = side_of(old_side, sample_rate);
  const Side new_body = side_of(new_side, sample_rate);
  const Blocks shorter = std::min(blocks_of(old_side.cue_out - old_side.cue_in, sample_rate),
                                  blocks_of(new_side.cue_out - new_side.cue_in, sample_rate));
  std::vector<Blocks> lengths;
  if (seconds.has_value()) {
    const auto most = static_cast<Blocks>(kShareWhenAsked * static_cast<double>(shorter));
    lengths = {std::min(static_cast<Blocks>(std::llround(*seconds * kLevelBlocksPerSecond)), most)};
  } else {
    lengths = lengths_within(static_cast<Blocks>(kShareOfBody * static_cast<double>(shorter)));
  }
  Candidate best{old_body.to, new_body.from, 0};
  double least = 1e9;
  for (const Blocks old_end : ends_of(old_body)) {
    for (const Blocks new_start : starts_of(new_body)) {
      for (const Blocks wanted : lengths) {
        Candidate candidate{old_end, new_start, 0};
        candidate.length = std::min({wanted, old_end - old_body.from, new_body.to - new_start});
        if (candidate.length <= 0) continue;
        const double lost = static_cast<double>(old_body.to - old_end + new_start - new_body.from);
        const double off = static_cast<double>(std::abs(candidate.length - lengths.front()));
        const double cost = unrest_of(old_body, new_body, candidate) +
                            (kPerSecondLost * lost + kPerSecondOff * off) / kLevelBlocksPerSecond;
        if (cost < least) {
          least = cost;
          best = candidate;
        }
      }
    }
  }
  const auto frames_of = [&](Blocks blocks) {
    return blocks * sample_rate / kLevelBlocksPerSecond;
  };
  Joint joint{frames_of(best.old_end), frames_of(best.new_start), frames_of(best.length)};
  // Bodies of less than 10 ms have no blocks. They are joined without an overlap.
  if (best.length == 0) joint = {old_side.cue_out, new_side.cue_in, 0};
  return joint;
}

}  // namespace focus::core::mastering
