// SPDX-License-Identifier: MIT
#include "mastering/gating.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace focus::core::mastering {
namespace {

constexpr double kOffsetDb = 0.691;
constexpr double kAbsoluteGateLufs = -70.0;
constexpr double kLoudnessGate = 0.1;  // -10 LU
constexpr double kRangeGate = 0.01;    // -20 LU
constexpr double kLowPercentile = 0.10;
constexpr double kHighPercentile = 0.95;
constexpr std::size_t kHop = 10;  // 100 ms

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The windows of `blocks` blocks that pass the absolute gate and then the relative gate at
/// `relative` times their mean energy.
std::vector<double> gated_windows(std::span<const float> energies, std::size_t blocks,
                                  double relative) {
  std::vector<double> windows;
  const double absolute = energy_of_lufs(kAbsoluteGateLufs);
  for (std::size_t end = blocks; end <= energies.size(); end += kHop) {
    const double energy = window_energy(energies, end, blocks);
    if (energy >= absolute) windows.push_back(energy);
  }
  if (windows.empty()) return windows;
  const double gate = relative * mean_of(windows);
  std::erase_if(windows, [&](double energy) { return energy < gate; });
  return windows;
}

}  // namespace

double lufs_of_energy(double energy) {
  if (!(energy > 0.0)) return -std::numeric_limits<double>::infinity();
  return 10.0 * std::log10(energy) - kOffsetDb;
}

double energy_of_lufs(double lufs) { return std::pow(10.0, (lufs + kOffsetDb) / 10.0); }

double window_energy(std::span<const float> energies, std::size_t end, std::size_t blocks) {
  const auto window = energies.first(end).last(std::min(end, blocks));
  return std::accumulate(window.begin(), window.end(), 0.0) / static_cast<double>(blocks);
}

double gated_loudness(std::span<const float> energies) {
  if (energies.empty()) return lufs_of_energy(0.0);
  if (energies.size() < kMomentaryBlocks) {
    return lufs_of_energy(window_energy(energies, energies.size(), energies.size()));
  }
  const std::vector<double> windows = gated_windows(energies, kMomentaryBlocks, kLoudnessGate);
  return lufs_of_energy(windows.empty() ? 0.0 : mean_of(windows));
}

double loudness_range(std::span<const float> energies) {
  std::vector<double> windows = gated_windows(energies, kShortTermBlocks, kRangeGate);
  if (windows.empty()) return 0.0;
  std::sort(windows.begin(), windows.end());
  const auto at = [&](double share) {
    const double index = share * static_cast<double>(windows.size() - 1);
    return lufs_of_energy(windows[static_cast<std::size_t>(std::lround(index))]);
  };
  return at(kHighPercentile) - at(kLowPercentile);
}

}  // namespace focus::core::mastering
