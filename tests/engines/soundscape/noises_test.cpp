// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>

#include <catch2/catch.hpp>

#include "engines/soundscape/soundscape_support.h"

using namespace focus::test;

namespace {

/// dB by third octave from 40 Hz to 12.5 kHz, against 1 kHz: the contour of 40 phon in ISO
/// 226:2003.
constexpr std::array<double, 26> kForty = {42.6, 37.8, 33.1, 28.5, 24.4, 20.6, 16.7, 13.4, 10.4,
                                           7.6,  5.0,  3.1,  1.3,  0.1,  0.0,  1.8,  2.5,  -0.8,
                                           -3.5, -4.4, -3.4, 0.0,  5.8,  11.8, 14.3, 11.5};

/// The mean power of the contour over a third octave, in dB; it is steep where it is low.
double contour_db(int band) {
  double sum = 0.0;
  for (int n = -10; n <= 10; ++n) {
    const double place = std::clamp(band + 14 + n / 20.0, -0.5, 25.0);
    const auto low = static_cast<std::size_t>(std::clamp(place, 0.0, 24.0));
    const double part = place - static_cast<double>(low);
    const double db = kForty[low] + part * (kForty[low + 1] - kForty[low]);
    const double width = std::pow(2.0, n / 60.0);  // of this part, in Hz
    sum += width * std::pow(10.0, 0.1 * db);
  }
  double widths = 0.0;
  for (int n = -10; n <= 10; ++n) widths += std::pow(2.0, n / 60.0);
  return 10.0 * std::log10(sum / widths);
}

/// The largest deviation of a third octave from its slope, after the mean deviation is taken off.
double worst_deviation(const std::string& scene, int rate, double db_per_octave) {
  const CollectingSink played = play_scenery(scenery_brief(scene, 100.0, 24.0, rate));
  auto spectrum = mean_spectrum(played.left);
  const auto right = mean_spectrum(played.right);
  for (std::size_t bin = 0; bin < spectrum.size(); ++bin) spectrum[bin] += right[bin];
  std::vector<double> deviations;
  for (int band = -14; band <= 12; ++band) {
    const double octaves = band / 3.0;
    const double measured = third_octave_db(spectrum, 1000.0 * std::pow(2.0, octaves), rate);
    const double wanted = scene == "grey" ? contour_db(band) : octaves * db_per_octave;
    deviations.push_back(measured - wanted);
  }
  const auto [low, high] = std::minmax_element(deviations.begin(), deviations.end());
  return 0.5 * (*high - *low);
}

}  // namespace

TEST_CASE("soundscape: each noise keeps its slope within 1 dB a third octave, 40 Hz to 16 kHz") {
  struct Noise {
    const char* scene;
    double slope;
  };
  for (const int rate : {48000, 44100}) {
    for (const Noise& noise : {Noise{"white", 0.0}, Noise{"pink", -3.0103}, Noise{"brown", -6.0206},
                               Noise{"blue", 3.0103}, Noise{"violet", 6.0206}}) {
      CAPTURE(noise.scene, rate);
      CHECK(worst_deviation(noise.scene, rate, noise.slope) < 1.0);
    }
    CAPTURE(rate);
    CHECK(worst_deviation("grey", rate, 0.0) < 1.0);
  }
  CHECK(worst_deviation("pink", 48000, -4.0) > 1.0);  // the measure can fail
}
