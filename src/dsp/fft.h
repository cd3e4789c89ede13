// SPDX-License-Identifier: MIT
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace focus::core::dsp {

/// The inverse transform to a real signal of a fixed size, a power of two of at least 4. It keeps
/// its memory for the next transform. For tables, not for the audio loop.
class InverseRealFft {
 public:
  explicit InverseRealFft(std::size_t size);

  /// Writes to `samples` (size() of them) the signal whose spectrum is `bins` (bin 0 to size() / 2;
  /// the imaginary parts of the first and the last are ignored). Unscaled: a bin of 1 gives a
  /// cosine of amplitude 2.
  void transform(std::span<const std::complex<float>> bins, std::span<float> samples);
  std::size_t size() const { return 2 * packed_.size(); }

 private:
  std::vector<std::complex<float>> fine_;   // the roots of the whole size
  std::vector<std::complex<float>> roots_;  // and of half of it
  std::vector<std::complex<float>> packed_;
  std::vector<std::complex<float>> other_;
};

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
