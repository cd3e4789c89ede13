// SPDX-License-Identifier: MIT
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace focus::core::dsp {

/// The real signal of `size` samples (a power of two) whose spectrum is `bins` (bin 0 up to
/// size / 2; the ends are taken as real), unscaled: a bin of 1 is a cosine of amplitude 2.
/// For tables made once, not for the audio loop.
std::vector<float> inverse_real_fft(std::span<const std::complex<float>> bins, std::size_t size);

/// The forward transform, in place and unscaled, of a fixed power of two from 2 on. Not for the
/// audio loop.
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
