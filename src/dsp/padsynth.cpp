// SPDX-License-Identifier: MIT
#include "dsp/padsynth.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::dsp {

PadsynthMaker::PadsynthMaker(int size_log2)
    : fft_(std::size_t{1} << size_log2),
      magnitude_(fft_.size() / 2 + 1),
      bins_(fft_.size() / 2 + 1) {}

void PadsynthMaker::make(std::span<const PadPartial> partials, double rate, std::uint32_t key,
                         std::span<float> table) {
  const std::size_t size = fft_.size();
  const double bin_hertz = rate / static_cast<double>(size);
  std::ranges::fill(magnitude_, 0.0f);
  std::array<float, 1025> bell{};  // the right half of a Gaussian, to four standard deviations
  for (std::size_t i = 0; i < bell.size(); ++i) {
    const double x = static_cast<double>(i) / 256.0;
    bell[i] = static_cast<float>(power_of_two(-0.72134752 * x * x));
  }
  for (const PadPartial& partial : partials) {
    if (partial.hertz >= 0.45 * rate) continue;
    const double width = std::max(partial.bandwidth_hertz / bin_hertz, 0.5);  // deviation, in bins
    const double centre = partial.hertz / bin_hertz;
    const auto first = static_cast<std::int64_t>(std::max(1.0, centre - 4.0 * width));
    const auto last = static_cast<std::int64_t>(
        std::min(0.46 * static_cast<double>(size), centre + 4.0 * width + 1.0));
    const double peak = partial.amplitude / std::sqrt(width);  // the same power at any width
    for (std::int64_t bin = first; bin <= last; ++bin) {
      const double x = std::fabs(static_cast<double>(bin) - centre) / width;
      if (x >= 4.0) continue;
      magnitude_[static_cast<std::size_t>(bin)] +=
          static_cast<float>(peak) * bell[static_cast<std::size_t>(x * 256.0)];
    }
  }
  double power = 0.0;
  for (std::size_t k = 0; k < bins_.size(); ++k) {
    bins_[k] = {};
    if (k == 0 || magnitude_[k] == 0.0f) continue;
    const std::uint32_t phase = hash32(static_cast<std::uint32_t>(k) ^ hash32(key));
    bins_[k] = {magnitude_[k] * sine_of_phase(phase + 0x40000000U),
                magnitude_[k] * sine_of_phase(phase)};
    power += 2.0 * magnitude_[k] * magnitude_[k];
  }
  if (power > 0.0) {
    const auto scale = static_cast<float>(1.0 / std::sqrt(power));
    for (auto& bin : bins_) bin = {bin.real() * scale, bin.imag() * scale};
  }
  fft_.transform(bins_, table);
}

}  // namespace focus::core::dsp
