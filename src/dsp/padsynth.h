// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace focus::core::dsp {

/// One partial of a PADsynth tone: a noise band around a frequency.
struct PadPartial {
  double hertz = 0.0;
  double amplitude = 0.0;
  double bandwidth_hertz = 1.0;
};

/// Makes a wavetable with Nasca's PADsynth algorithm (2005): each partial is a Gaussian band with
/// random phases. The table loops without a seam, has no content above 0.46 of the sample rate, and
/// an RMS of 1. Two distant positions in the same table sound alike but are uncorrelated.
std::vector<float> make_padsynth_table(std::span<const PadPartial> partials, int size_log2,
                                       double rate, std::uint32_t key);

}  // namespace focus::core::dsp
