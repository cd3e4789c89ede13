// SPDX-License-Identifier: MIT
#include "mastering/alignment.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <vector>

#include "dsp/fft.h"
#include "mastering/k_weighting.h"

namespace focus::core::mastering {
namespace {

using Complex = std::complex<float>;

constexpr double kReachSeconds = 0.015;
// The least by which an offset or inversion must increase the correlation, and the least
// correlation that must result.
constexpr double kLeastGain = 0.15;
constexpr double kLeastLikeness = 0.4;
// Costs of an inversion and of the largest offset, so that the simpler solution wins if there is
// little difference.
constexpr double kInversionCost = 0.05;
constexpr double kDistanceCost = 0.03;

/// The cross-correlation of both sides at all offsets, accumulated over channels and blocks. One
/// complex FFT of x + i y transforms a block of both sides at once. Each block has the weight sin^2
/// of its position, because both sides are most audible together in the middle of the overlap.
class CrossCorrelation {
 public:
  CrossCorrelation(std::int64_t reach, int sample_rate)
      : reach_(reach), sample_rate_(sample_rate), fft_(fft_size(reach)), sum_(fft_.size()) {}

  void add(std::span<const float> old_region, std::span<const float> new_head) {
    const auto frames = static_cast<std::int64_t>(new_head.size());
    const auto size = static_cast<std::int64_t>(fft_.size());
    const std::int64_t block = size - 2 * reach_;
    std::vector<float> old_weighted(old_region.size());
    std::vector<float> new_weighted(new_head.size());
    weigh(old_region, old_weighted);
    weigh(new_head, new_weighted);
    std::vector<Complex> packed(fft_.size());
    for (std::int64_t at = 0; at < frames; at += block) {
      const std::int64_t count = std::min(block, frames - at);
      const double middle = (static_cast<double>(at) + 0.5 * static_cast<double>(count)) /
                            static_cast<double>(frames);
      const double heard = std::pow(std::sin(std::numbers::pi * middle), 2.0);
      std::fill(packed.begin(), packed.end(), Complex());
      const float* x = old_weighted.data() + at;
      const float* y = new_weighted.data() + at;
      for (std::int64_t i = 0; i < count + 2 * reach_; ++i) {
        packed[static_cast<std::size_t>(i)] = {x[i], i < count ? y[i] : 0.0f};
      }
      double old_power = 0.0;
      double new_power = 0.0;
      for (std::int64_t i = 0; i < count; ++i) {
        old_power += static_cast<double>(x[reach_ + i]) * static_cast<double>(x[reach_ + i]);
        new_power += static_cast<double>(y[i]) * static_cast<double>(y[i]);
      }
      old_power_ += heard * old_power;
      new_power_ += heard * new_power;
      fft_.forward(packed);
      accumulate(packed, static_cast<float>(heard));
    }
  }

  /// The normalised correlation at offsets -reach ... reach.
  std::vector<double> result() {
    std::vector<Complex> spectrum(sum_);
    // The inverse transform by means of the forward one: the forward transform of the conjugate is
    // the conjugate of the inverse, and the result is real.
    for (Complex& bin : spectrum) bin = std::conj(bin);
    fft_.forward(spectrum);
    const double norm = std::sqrt(old_power_) * std::sqrt(new_power_);
    std::vector<double> correlation(static_cast<std::size_t>(2 * reach_ + 1));
    for (std::size_t i = 0; i < correlation.size(); ++i) {
      const double product =
          static_cast<double>(spectrum[i].real()) / static_cast<double>(fft_.size());
      correlation[i] = norm > 0.0 ? std::clamp(product / norm, -1.0, 1.0) : 0.0;
    }
    return correlation;
  }

 private:
  static std::size_t fft_size(std::int64_t reach) {
    std::size_t size = 1024;
    while (static_cast<std::int64_t>(size) < 8 * reach) size *= 2;
    return size;
  }

  void weigh(std::span<const float> from, std::span<float> to) const {
    KWeighting weighting(sample_rate_);
    for (std::size_t i = 0; i < from.size(); ++i) {
      to[i] = static_cast<float>(weighting.process(static_cast<double>(from[i])));
    }
  }

  /// Adds X conj(Y) to the sum. `packed` is the transform of x + i y, from which X and Y are
  /// separated by symmetry.
  void accumulate(const std::vector<Complex>& packed, float heard) {
    const std::size_t size = packed.size();
    for (std::size_t k = 0; k < size; ++k) {
      const Complex a = packed[k];
      const Complex b = std::conj(packed[(size - k) & (size - 1)]);
      const Complex x = a + b;                   // 2 X
      const Complex d = a - b;                   // 2 i Y
      const Complex y_conj{d.imag(), d.real()};  // 2 conj(Y)
      const Complex product{x.real() * y_conj.real() - x.imag() * y_conj.imag(),
                            x.real() * y_conj.imag() + x.imag() * y_conj.real()};
      sum_[k] += 0.25f * heard * product;
    }
  }

  std::int64_t reach_;
  int sample_rate_;
  dsp::ComplexFft fft_;
  std::vector<Complex> sum_;
  double old_power_ = 0.0;
  double new_power_ = 0.0;
};

}  // namespace

std::int64_t alignment_reach(int sample_rate) {
  return static_cast<std::int64_t>(kReachSeconds * sample_rate);
}

Alignment find_alignment(audio::ConstAudioView old_region, audio::ConstAudioView new_head,
                         int sample_rate) {
  const std::int64_t reach = (old_region.frames() - new_head.frames()) / 2;
  Alignment best;
  if (new_head.empty() || reach < 0) return best;
  CrossCorrelation correlation(reach, sample_rate);
  for (int c = 0; c < new_head.channel_count(); ++c) {
    correlation.add(old_region.samples(c), new_head.samples(c));
  }
  const std::vector<double> found = correlation.result();
  const auto at = [&](std::int64_t offset) {
    return found[static_cast<std::size_t>(offset + reach)];
  };
  best.correlation = at(0);
  double best_worth = -1.0;
  Alignment other;
  for (std::int64_t offset = -reach; offset <= reach; ++offset) {
    const double r = at(offset);
    const double way = static_cast<double>(std::abs(offset)) /
                       static_cast<double>(std::max<std::int64_t>(reach, 1));
    const double worth = std::abs(r) - (r < 0.0 ? kInversionCost : 0.0) - kDistanceCost * way;
    if (worth > best_worth) {
      best_worth = worth;
      other = {offset, r, r < 0.0};
    }
  }
  const double plain = std::max(at(0), 0.0);
  if (best_worth >= kLeastLikeness && best_worth >= plain + kLeastGain) best = other;
  return best;
}

}  // namespace focus::core::mastering
