// SPDX-License-Identifier: MIT
#include "dsp/padsynth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>

#include "dsp/fft.h"
#include "dsp/math.h"
#include "dsp/noise.h"

namespace focus::core::dsp {

std::vector<float> make_padsynth_table(std::span<const PadPartial> partials, int size_log2,
                                       double rate, std::uint32_t key) {
  const auto size = std::size_t{1} << size_log2;
  const double bin_hertz = rate / static_cast<double>(size);
  std::vector<float> magnitude(size / 2 + 1);
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
      magnitude[static_cast<std::size_t>(bin)] +=
          static_cast<float>(peak) * bell[static_cast<std::size_t>(x * 256.0)];
    }
  }
  std::vector<std::complex<float>> bins(size / 2 + 1);
  double power = 0.0;
  for (std::size_t k = 1; k < bins.size(); ++k) {
    if (magnitude[k] == 0.0f) continue;
    const std::uint32_t phase = hash32(static_cast<std::uint32_t>(k) ^ hash32(key));
    bins[k] = {magnitude[k] * sine_of_phase(phase + 0x40000000U),
               magnitude[k] * sine_of_phase(phase)};
    power += 2.0 * magnitude[k] * magnitude[k];
  }
  if (power > 0.0) {
    const auto scale = static_cast<float>(1.0 / std::sqrt(power));
    for (auto& bin : bins) bin = {bin.real() * scale, bin.imag() * scale};
  }
  return inverse_real_fft(bins, size);
}

}  // namespace focus::core::dsp
