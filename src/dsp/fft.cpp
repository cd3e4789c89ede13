// SPDX-License-Identifier: MIT
#include "dsp/fft.h"

#include "dsp/math.h"

namespace focus::core::dsp {
namespace {

using Complex = std::complex<float>;

Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

/// e^(2 pi i k / count) for k < count / 2.
std::vector<Complex> twiddles(std::size_t count) {
  std::vector<Complex> table(count / 2);
  for (std::size_t k = 0; k < table.size(); ++k) {
    const double turns = static_cast<double>(k) / static_cast<double>(count);
    table[k] = {static_cast<float>(cosine_turns(turns)), static_cast<float>(sine_turns(turns))};
  }
  return table;
}

/// Stockham's self-sorting algorithm: no bit reversal, and loops over contiguous memory. `roots`
/// determines the direction of the transform.
void transform_in_place(std::vector<Complex>& data, std::vector<Complex>& other,
                        const std::vector<Complex>& roots) {
  const std::size_t size = data.size();
  Complex* from = data.data();
  Complex* to = other.data();
  for (std::size_t half = size / 2, stride = 1; half >= 1; half /= 2, stride *= 2) {
    for (std::size_t p = 0; p < half; ++p) {
      const Complex w = roots[p * stride];
      const Complex* a = from + stride * p;
      const Complex* b = from + stride * (p + half);
      Complex* even = to + stride * 2 * p;
      Complex* odd = even + stride;
      for (std::size_t q = 0; q < stride; ++q) {
        const Complex sum = a[q] + b[q];
        const Complex difference = a[q] - b[q];
        even[q] = sum;
        odd[q] = times(difference, w);
      }
    }
    std::swap(from, to);
  }
  if (from != data.data()) data.swap(other);
}

}  // namespace

InverseRealFft::InverseRealFft(std::size_t size)
    : fine_(twiddles(size)), roots_(size / 4), packed_(size / 2), other_(size / 2) {
  for (std::size_t k = 0; k < roots_.size(); ++k) roots_[k] = fine_[2 * k];
}

// A real signal is computed as a complex signal of half the size, with the even samples as the real
// and the odd samples as the imaginary part.
void InverseRealFft::transform(std::span<const Complex> bins, std::span<float> samples) {
  const std::size_t half = packed_.size();
  for (std::size_t k = 0; k < half; ++k) {
    Complex a = bins[k];
    Complex b = std::conj(bins[half - k]);
    if (k == 0) {
      a = bins[0].real();
      b = bins[half].real();
    }
    const Complex odd = times(a - b, fine_[k]);
    packed_[k] = a + b + Complex(-odd.imag(), odd.real());
  }
  transform_in_place(packed_, other_, roots_);
  for (std::size_t k = 0; k < half; ++k) {
    samples[2 * k] = packed_[k].real();
    samples[2 * k + 1] = packed_[k].imag();
  }
}

ComplexFft::ComplexFft(std::size_t size) : roots_(twiddles(size)), other_(size) {
  for (Complex& root : roots_) root = std::conj(root);
}

void ComplexFft::forward(std::vector<Complex>& data) { transform_in_place(data, other_, roots_); }

}  // namespace focus::core::dsp
