// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace focus::core::dsp {

/// One partial of a PADsynth tone: a band of noise around a frequency.
struct PadPartial {
  double hertz = 0.0;
  double amplitude = 0.0;
  double bandwidth_hertz = 1.0;
};

/// A table by Nasca's PADsynth (2005): every partial a Gaussian band of random phases. It loops
/// without a seam and holds nothing above 0.46 of the rate; its RMS is 1. Two places of the same
/// table, far apart, sound alike and are not correlated.
std::vector<float> make_padsynth_table(std::span<const PadPartial> partials, int size_log2,
                                       double rate, std::uint32_t key);

}  // namespace focus::core::dsp
