// SPDX-License-Identifier: MIT
// What EBU R 128 makes of a row of energies: the K-weighted mean square of each 10 ms, channels
// summed.
#pragma once

#include <cstddef>
#include <span>

namespace focus::core {

inline constexpr std::size_t kMomentaryBlocks = 40;   ///< 400 ms
inline constexpr std::size_t kShortTermBlocks = 300;  ///< 3 s

/// 10 log10(energy) - 0.691 (BS.1770-4), -infinity for none; and back.
double lufs_of_energy(double energy);
double energy_of_lufs(double lufs);

/// The mean over the `blocks` that end before `end`; what lies before the first counts as silence.
double window_energy(std::span<const float> energies, std::size_t end, std::size_t blocks);

/// Integrated loudness (BS.1770-4, equations 3 to 7): the mean of the 400 ms windows, one each 100
/// ms, that are over -70 LUFS and over the mean of those less 10 LU. -infinity where there is none;
/// under 400 ms the plain mean of what there is.
double gated_loudness(std::span<const float> energies);

/// Loudness range (EBU Tech 3342): from the 10th to the 95th percentile of the 3 s windows, one
/// each 100 ms, that are over -70 LUFS and over their mean less 20 LU. 0 under 3 s.
double loudness_range(std::span<const float> energies);

}  // namespace focus::core
