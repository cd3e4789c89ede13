// SPDX-License-Identifier: MIT
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "dsp/fft.h"

namespace focus::core::dsp {

/// One partial of a PADsynth tone: a noise band around a frequency.
struct PadPartial {
  double hertz = 0.0;
  double amplitude = 0.0;
  double bandwidth_hertz = 1.0;
};

/// Makes wavetables with Nasca's PADsynth algorithm (2005): each partial is a Gaussian band with
/// random phases. A table loops without a seam, has no content above 0.46 of the sample rate, and
/// an RMS of 1. Two distant positions in the same table sound alike but are uncorrelated.
///
/// A maker keeps its memory, 20 bytes a sample, for the next table.
class PadsynthMaker {
 public:
  /// Of tables of 2^`size_log2` samples.
  explicit PadsynthMaker(int size_log2);

  /// Writes a table to `table`, which has the size of the tables. `key` chooses the phases.
  void make(std::span<const PadPartial> partials, double rate, std::uint32_t key,
            std::span<float> table);

 private:
  InverseRealFft fft_;
  std::vector<float> magnitude_;
  std::vector<std::complex<float>> bins_;
};

}  // namespace focus::core::dsp
