// SPDX-License-Identifier: MIT
// What frequencies are in a stretch of samples, by a transform of the tests' own.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <span>
#include <vector>

namespace focus::test {

/// In place; the size is a power of two.
inline void transform(std::vector<std::complex<double>>& x) {
  const std::size_t size = x.size();
  for (std::size_t i = 1, j = 0; i < size; ++i) {
    std::size_t bit = size / 2;
    for (; (j & bit) != 0; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
  for (std::size_t span = 2; span <= size; span *= 2) {
    const double angle = -2.0 * std::numbers::pi / static_cast<double>(span);
    std::vector<std::complex<double>> turn(span / 2);
    for (std::size_t k = 0; k < turn.size(); ++k) {
      turn[k] = std::polar(1.0, angle * static_cast<double>(k));
    }
    for (std::size_t start = 0; start < size; start += span) {
      for (std::size_t k = 0; k < span / 2; ++k) {
        const std::complex<double> a = x[start + k], b = x[start + k + span / 2] * turn[k];
        x[start + k] = a + b;
        x[start + k + span / 2] = a - b;
      }
    }
  }
}

/// Power by frequency under Hann's window: of the whole, or the mean over stretches.
class Spectrum {
 public:
  /// All of the samples at once, in the finest resolution they have.
  Spectrum(std::span<const float> samples, double rate)
      : Spectrum(samples, rate, size_for(samples.size()), samples.size()) {}
  /// The mean over stretches of `size` (a power of two).
  Spectrum(std::span<const float> samples, double rate, std::size_t size)
      : Spectrum(samples, rate, size, size) {}

  double hertz(std::size_t bin) const { return static_cast<double>(bin) * hertz_per_bin_; }
  double power(double low, double high) const {
    double sum = 0.0;
    for (std::size_t k = first(low); k < power_.size() && hertz(k) < high; ++k) sum += power_[k];
    return sum;
  }
  double power() const { return power(0.0, 1e9); }
  /// What lies above `low`, in dB of the whole.
  double db_above(double low) const {
    return 10.0 * std::log10((power(low, 1e9) + 1e-30) / (power() + 1e-30));
  }
  /// The share of magnitude above `low`, of what lies below `high`.
  double magnitude_share(double low, double high = 1e9) const {
    double sum = 0.0, above = 0.0;
    for (std::size_t k = first(20.0); k < power_.size() && hertz(k) < high; ++k) {
      sum += std::sqrt(power_[k]);
      if (hertz(k) >= low) above += std::sqrt(power_[k]);
    }
    return above / (sum + 1e-30);
  }
  /// The mean frequency above `low`, weighed by power.
  double centroid(double low = 0.0) const {
    double sum = 0.0;
    for (std::size_t k = first(low); k < power_.size(); ++k) sum += hertz(k) * power_[k];
    return sum / (power(low, 1e9) + 1e-30);
  }
  /// The strongest frequency between two, by a parabola through three bins.
  double strongest(double low, double high) const {
    std::size_t best = std::max<std::size_t>(1, first(low));
    for (std::size_t k = best; k + 1 < power_.size() && hertz(k) < high; ++k) {
      if (power_[k] > power_[best]) best = k;
    }
    const double a = std::log(power_[best - 1] + 1e-300), b = std::log(power_[best] + 1e-300);
    const double c = std::log(power_[best + 1] + 1e-300), bend = a - 2.0 * b + c;
    const double offset = bend < 0.0 ? std::clamp(0.5 * (a - c) / bend, -0.5, 0.5) : 0.0;
    return hertz_per_bin_ * (static_cast<double>(best) + offset);
  }

 private:
  static std::size_t size_for(std::size_t count) {
    std::size_t size = 2;
    while (size < count) size *= 2;
    return size;
  }
  Spectrum(std::span<const float> samples, double rate, std::size_t size, std::size_t stretch)
      : hertz_per_bin_(rate / static_cast<double>(size)), power_(size / 2 + 1) {
    std::vector<double> window(stretch);
    for (std::size_t i = 0; i < stretch; ++i) {
      const double turns = (static_cast<double>(i) + 0.5) / static_cast<double>(stretch);
      window[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * turns);
    }
    std::vector<std::complex<double>> bins(size);
    for (std::size_t from = 0; from + stretch <= samples.size(); from += stretch) {
      std::fill(bins.begin(), bins.end(), 0.0);
      for (std::size_t i = 0; i < stretch; ++i) {
        bins[i] = window[i] * static_cast<double>(samples[from + i]);
      }
      transform(bins);
      for (std::size_t k = 0; k < power_.size(); ++k) power_[k] += std::norm(bins[k]);
    }
  }
  std::size_t first(double low) const {
    return static_cast<std::size_t>(std::max(0.0, std::ceil(low / hertz_per_bin_)));
  }

  double hertz_per_bin_;
  std::vector<double> power_;
};

}  // namespace focus::test
