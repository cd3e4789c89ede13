// SPDX-License-Identifier: MIT
#include "player/volume.h"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

constexpr int kRate = 48000;

/// What becomes of a signal of ones, `seconds` of it, in blocks of a callback.
std::vector<float> gains_over(player::Volume& volume, double seconds, double music_part = 1.0) {
  std::vector<float> gains;
  for (int block = 0; block < static_cast<int>(seconds * kRate / 240.0); ++block) {
    std::vector<float> samples(480, 1.0f);
    volume.apply(samples.data(), 240, static_cast<std::int64_t>(240 * music_part), kRate);
    for (std::size_t i = 0; i < samples.size(); i += 2) {
      REQUIRE(samples[i] == samples[i + 1]);
      gains.push_back(samples[i]);
    }
  }
  return gains;
}

}  // namespace

TEST_CASE("untouched, it touches nothing") {
  player::Volume volume;
  for (const float gain : gains_over(volume, 0.1)) REQUIRE(gain == 1.0f);
}

TEST_CASE("a new volume is reached within 50 ms, without a step") {
  player::Volume volume;
  volume.set(0.25);
  const std::vector<float> gains = gains_over(volume, 0.1);
  float last = 1.0f;
  for (const float gain : gains) {
    REQUIRE(gain <= last);
    REQUIRE(last - gain < 0.0005f);
    last = gain;
  }
  CHECK(gains[kRate / 20] == Approx(0.25));
  CHECK(volume.get() == 0.25);
}

TEST_CASE("the sleep timer fades over its own time, ends in silence, and can be slept out") {
  player::Volume volume;
  volume.set_sleep_timer(3.0, 2.0);
  CHECK(volume.sleep_seconds() == 3.0);
  std::vector<float> gains = gains_over(volume, 1.0);
  CHECK(gains.back() == 1.0f);
  CHECK(volume.sleep_seconds() == Approx(2.0));
  gains = gains_over(volume, 2.0);
  for (std::size_t i = 1; i < gains.size(); ++i) REQUIRE(gains[i] <= gains[i - 1]);
  CHECK(20.0 * std::log10(static_cast<double>(gains[kRate])) == Approx(-4.5).margin(0.5));
  CHECK(gains.back() < 1e-3f);
  CHECK(volume.sleep_seconds() == -1.0);
  CHECK(gains_over(volume, 0.1).back() == 0.0f);
  volume.wake();
  CHECK(gains_over(volume, 0.1).back() == 1.0f);
}

TEST_CASE("only music counts for the sleep timer") {
  player::Volume volume;
  volume.set_sleep_timer(1.0, 0.0);
  gains_over(volume, 1.0, 0.5);
  CHECK(volume.sleep_seconds() == Approx(0.5));
}

TEST_CASE("a timer that is called off in its fade does not come back") {
  player::Volume volume;
  volume.set_sleep_timer(1.0, 1.0);
  gains_over(volume, 0.5);
  volume.set_sleep_timer(-1.0, 0.0);
  CHECK(volume.sleep_seconds() == -1.0);
  CHECK(gains_over(volume, 2.0).back() == 1.0f);
  CHECK(volume.sleep_seconds() == -1.0);
}
