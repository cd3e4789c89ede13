// SPDX-License-Identifier: MIT
// Loudness according to EBU R 128, computed from block energies: the K-weighted mean square of
// every 10 ms, summed over the channels.
#pragma once

#include <cstddef>
#include <span>

namespace focus::core::mastering {

inline constexpr std::size_t kMomentaryBlocks = 40;   ///< 400 ms
inline constexpr std::size_t kShortTermBlocks = 300;  ///< 3 s

/// Loudness of an energy: 10 log10(energy) - 0.691 (ITU-R BS.1770-4, equation 2), -infinity for 0;
/// and the inverse.
double lufs_of_energy(double energy);
double energy_of_lufs(double lufs);

/// The mean energy of the `blocks` blocks before block `end`. Blocks before the first count as
/// silence.
double window_energy(std::span<const float> energies, std::size_t end, std::size_t blocks);

/// Integrated loudness (ITU-R BS.1770-4, equations 3 to 7): the mean energy of the 400 ms windows,
/// one every 100 ms, that pass two gates: -70 LUFS, and 10 LU below the mean of those that passed
/// the first. Returns -infinity if no window passes. Audio of less than 400 ms is not gated.
double gated_loudness(std::span<const float> energies);

/// Loudness range (EBU Tech 3342): the difference between the 95th and the 10th percentile of the 3
/// s windows, one every 100 ms, that pass two gates: -70 LUFS, and 20 LU below the mean of those
/// that passed the first. Returns 0 for audio of less than 3 s.
double loudness_range(std::span<const float> energies);

}  // namespace focus::core::mastering
