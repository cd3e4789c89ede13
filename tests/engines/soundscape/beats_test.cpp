// SPDX-License-Identifier: MIT
#include <complex>

#include <catch2/catch.hpp>

#include "engines/soundscape/beat_phase.h"
#include "engines/soundscape/soundscape_support.h"

using namespace focus::test;
using focus::core::engines::soundscape::BeatPhase;

namespace {

/// The phase of `hertz` in the samples from `at` on, in turns.
double phase_of(const std::vector<float>& samples, std::size_t at, double hertz, int rate) {
  std::complex<double> sum;
  for (std::size_t i = at; i < at + static_cast<std::size_t>(rate); ++i) {
    sum += static_cast<double>(samples[i]) *
           std::polar(1.0, -2.0 * 3.141592653589793 * hertz * static_cast<double>(i) / rate);
  }
  return std::arg(sum) / (2.0 * 3.141592653589793);
}

}  // namespace

TEST_CASE("soundscape: a beat is within 0.01 Hz over an hour") {
  for (const int rate : {44100, 48000}) {
    for (const double hertz : {0.5, 6.3, 10.0, 40.0, 203.7}) {
      CAPTURE(rate, hertz);
      // Turns in an hour, modulo 1, by exact steps: the whole turns are those of the step.
      const BeatPhase phase(hertz, rate);
      const double per_frame = static_cast<double>(phase.step()) / 18446744073709551616.0;
      CHECK(std::abs(per_frame * rate - hertz) < 1e-9);
      const std::int64_t hour = std::int64_t{3600} * rate;
      const double turns = static_cast<double>(phase.at(hour)) / 18446744073709551616.0;
      const double wanted = 3600.0 * hertz - std::floor(3600.0 * hertz);
      const double away = std::abs(turns - wanted);
      CHECK(std::min(away, 1.0 - away) < 1e-4);  // 3e-8 Hz
    }
  }
}

TEST_CASE("soundscape: binaural sides have their own tones, which keep their phase after an hour") {
  const auto first = play_scenery(scenery_brief("binaural:6/220", 10.0, 1.0));
  const auto later = play_scenery(scenery_brief("binaural:6/220", 3610.0, 1.0));
  // 217 and 223 Hz are whole turns an hour apart.
  for (const double hertz : {217.0, 223.0}) {
    const auto& early_side = hertz < 220.0 ? first.left : first.right;
    const auto& later_side = hertz < 220.0 ? later.left : later.right;
    CHECK(std::abs(phase_of(early_side, 0, hertz, 48000) - phase_of(later_side, 0, hertz, 48000)) <
          1e-3);
  }
  std::vector<float> mono;
  for (std::size_t i = 0; i < first.left.size(); ++i) {
    mono.push_back(0.5f * (first.left[i] + first.right[i]));
  }
  CHECK(rms(mono) > 0.6 * rms(first.left));  // nothing cancels for good
}

TEST_CASE("soundscape: isochronic pulses are the same on both sides, and come at the beat") {
  const auto played = play_scenery(scenery_brief("isochronic:5/200", 20.0, 2.0));
  CHECK(played.left == played.right);
  // A pulse fills the middle half of each fifth of a second.
  double within = 0.0, between = 0.0;
  for (std::size_t i = 0; i < played.left.size(); ++i) {
    const double place = static_cast<double>(i % 9600) / 9600.0;
    const double power = static_cast<double>(played.left[i]) * static_cast<double>(played.left[i]);
    (std::abs(place - 0.5) < 0.25 ? within : between) += power;
  }
  CHECK(within > 6.0 * between);
}
