// SPDX-License-Identifier: MIT
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace focus::core::dsp {

/// Returns the real signal of `size` samples (a power of two) whose spectrum is `bins` (bin 0 to
/// size / 2; the imaginary parts of the first and the last are ignored). Unscaled: a bin of 1 gives
/// a cosine of amplitude 2. For tables that are made once, not for the audio loop.
std::vector<float> inverse_real_fft(std::span<const std::complex<float>> bins, std::size_t size);

/// The forward transform of a fixed size, a power of two of at least 2. In place and unscaled. Not
/// for the audio loop.
class ComplexFft {
 public:
  explicit ComplexFft(std::size_t size);

  /// `data` holds size() values.
  void forward(std::vector<std::complex<float>>& data);
  std::size_t size() const { return other_.size(); }

 private:
  std::vector<std::complex<float>> roots_;
  std::vector<std::complex<float>> other_;
};

}  // namespace focus::core::dsp
