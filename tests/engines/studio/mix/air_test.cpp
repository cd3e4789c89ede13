// SPDX-License-Identifier: MIT
#include "engines/studio/mix/air.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <catch2/catch.hpp>

#include "dsp/math.h"
#include "support/spectrum.h"

using namespace focus::core;
using namespace focus::core::engines::studio;
using focus::test::Spectrum;

namespace {

constexpr int kRate = 48000;

/// What the air adds to a tone that stops after a second, from one block of frames to another.
std::vector<float> air_of(double hertz, std::int64_t from, std::int64_t to, float room) {
  Air air(kRate, room);
  Air::Source source{.body = 0.01f, .bright = 0.1f};
  std::vector<float> heard;
  for (std::int64_t frame = from; frame < to; frame += kFullBlock) {
    HalfBlock bus;
    for (int i = 0; i < kHalfBlock; ++i) {
      const std::int64_t n = frame / 2 + i;
      const double y =
          n < kRate / 2 ? dsp::sine_turns(hertz * static_cast<double>(n) * 2 / kRate) : 0.0;
      bus.left[static_cast<std::size_t>(i)] = bus.right[static_cast<std::size_t>(i)] =
          static_cast<float>(y);
    }
    air.follow(source, bus);
    FullBlock out;
    air.render(frame, out);
    heard.insert(heard.end(), out.left.begin(), out.left.end());
  }
  return heard;
}

double rms_of(const std::vector<float>& samples, std::int64_t from, std::int64_t to) {
  double sum = 0.0;
  for (std::int64_t i = from; i < to; ++i) {
    const auto x = static_cast<double>(samples[static_cast<std::size_t>(i)]);
    sum += x * x;
  }
  return std::sqrt(sum / static_cast<double>(to - from));
}

}  // namespace

TEST_CASE("the air lies over 8 kHz and a little under 1, follows the sound and leaves with it") {
  const std::vector<float> heard = air_of(500.0, 0, 2 * kRate, 0.0f);
  const Spectrum spectrum(std::span<const float>(heard).subspan(9600, 32768), kRate);
  CHECK(spectrum.power(8000.0, 20000.0) + spectrum.power(100.0, 2000.0) > 0.7 * spectrum.power());
  CHECK(spectrum.power(2000.0, 6000.0) < 0.1 * spectrum.power());
  CHECK(spectrum.power(0.0, 80.0) < 0.1 * spectrum.power());
  const double level = rms_of(heard, kRate / 4, kRate * 3 / 4);
  CHECK(level > 0.004);
  CHECK(level < 0.15);
  CHECK(rms_of(heard, kRate * 3 / 2, kRate * 7 / 4) < 1e-3 * level);
}

TEST_CASE("what is bright has more air") {
  const double dark = rms_of(air_of(200.0, 0, kRate, 0.0f), kRate / 4, kRate / 2);
  const double bright = rms_of(air_of(5000.0, 0, kRate, 0.0f), kRate / 4, kRate / 2);
  CHECK(bright > 2.0 * dark);
}

TEST_CASE("a room is never quite silent") {
  const std::vector<float> heard = air_of(500.0, 0, 3 * kRate, 1e-4f);
  const double level = rms_of(heard, 2 * kRate, 3 * kRate);
  CHECK(level > 1e-4);
  CHECK(level < 2e-3);
}

TEST_CASE("the air is a function of the absolute frame") {
  const std::vector<float> whole = air_of(500.0, 0, kRate, 1e-4f);
  const std::int64_t from = 100 * kFullBlock;
  const std::vector<float> late = air_of(500.0, from, kRate, 1e-4f);
  // What rings on from before is gone after a quarter of a second.
  double worst = 0.0;
  for (std::size_t i = kRate / 2; i < late.size(); ++i) {
    const float difference = whole[i + static_cast<std::size_t>(from)] - late[i];
    worst = std::max(worst, std::fabs(static_cast<double>(difference)));
  }
  CHECK(worst < 1e-6);
}
