// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <complex>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dsp/fft.h"
#include "engines/soundscape/soundscape_engine.h"
#include "engines/studio/studio_support.h"

namespace focus::test {

inline plan::Brief scenery_brief(std::string_view scenes, double start, double seconds,
                                 int rate = 48000, std::uint64_t seed = 7) {
  plan::Brief brief;
  brief.scenes.opening = plan::read_scenes(scenes).value();
  brief.seed = seed;
  brief.sample_rate = rate;
  brief.start_seconds = start;
  brief.frames = static_cast<std::int64_t>(seconds * rate);
  return brief;
}

inline CollectingSink play_scenery(const plan::Brief& brief) {
  CollectingSink sink;
  if (!engines::SoundscapeEngine().generate(brief, sink).ok()) sink.left.clear();
  return sink;
}

/// The mean power of each bin of 8192 samples, Hann windows that overlap by half.
inline std::vector<double> mean_spectrum(const std::vector<float>& samples) {
  constexpr std::size_t kSize = 8192;
  dsp::ComplexFft fft(kSize);
  std::vector<double> power(kSize / 2 + 1);
  std::vector<std::complex<float>> data(kSize);
  for (std::size_t at = 0; at + kSize <= samples.size(); at += kSize / 2) {
    for (std::size_t i = 0; i < kSize; ++i) {
      const double window =
          0.5 - 0.5 * std::cos(2.0 * 3.14159265358979 * static_cast<double>(i) / kSize);
      data[i] = static_cast<float>(window) * samples[at + i];
    }
    fft.forward(data);
    for (std::size_t bin = 0; bin < power.size(); ++bin) {
      power[bin] += static_cast<double>(std::norm(data[bin]));
    }
  }
  return power;
}

/// The mean power density of a third octave, in dB.
inline double third_octave_db(const std::vector<double>& spectrum, double centre, int rate) {
  const double hertz = static_cast<double>(rate) / 8192.0;
  const double low = centre / std::pow(2.0, 1.0 / 6.0) / hertz;
  const double high = centre * std::pow(2.0, 1.0 / 6.0) / hertz;
  double sum = 0.0, count = 0.0;
  for (std::size_t bin = 1; bin < spectrum.size(); ++bin) {
    // A bin counts by the part of it that lies within the band.
    const double from = std::max(low, static_cast<double>(bin) - 0.5);
    const double part = std::min(high, static_cast<double>(bin) + 0.5) - from;
    if (part <= 0.0) continue;
    sum += part * spectrum[bin];
    count += part;
  }
  return 10.0 * std::log10(sum / count);
}

}  // namespace focus::test
