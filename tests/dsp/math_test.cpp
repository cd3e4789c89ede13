// SPDX-License-Identifier: MIT
#include "dsp/math.h"

#include <cmath>
#include <set>

#include <catch2/catch.hpp>

#include "dsp/noise.h"

using namespace focus::core::dsp;

TEST_CASE("the sines are sines") {
  double worst_double = 0.0, worst_float = 0.0;
  for (int i = -40'000; i <= 40'000; ++i) {
    const double turns = i / 10'000.0;
    worst_double = std::max(worst_double, std::fabs(sine_turns(turns) - std::sin(2 * kPi * turns)));
    const auto phase = static_cast<std::uint32_t>(static_cast<std::int64_t>(turns * 4294967296.0));
    worst_float =
        std::max(worst_float, std::fabs(sine_of_phase(phase) - std::sin(2 * kPi * turns)));
  }
  CHECK(worst_double < 1e-12);
  CHECK(worst_float < 1e-6);
}

TEST_CASE("powers of two, gains and pitches are what they say") {
  for (double x = -30.0; x < 30.0; x += 0.137) {
    CHECK(power_of_two(x) == Approx(std::exp2(x)).epsilon(1e-13));
  }
  CHECK(gain_of_db(-20.0) == Approx(0.1));
  CHECK(hertz_of_pitch(57) == Approx(220.0));
  CHECK(std::pow(decay_factor(1000.0), 1000.0) == Approx(0.001));
}

TEST_CASE("a phase never drifts, however long it runs") {
  const std::uint32_t step = phase_step(440.0, 48000.0);
  std::uint32_t walked = 0;
  for (int i = 0; i < 1'000'000; ++i) walked += step;
  CHECK(walked == 1'000'000U * step);
}

TEST_CASE("noise is white, and a function of its place alone") {
  double sum = 0.0, squares = 0.0, neighbours = 0.0;
  constexpr std::uint32_t kCount = 200'000;
  for (std::uint32_t n = 0; n < kCount; ++n) {
    const double x = white_noise(7, n);
    sum += x;
    squares += x * x;
    neighbours += x * static_cast<double>(white_noise(7, n + 1));
  }
  CHECK(sum / kCount == Approx(0.0).margin(0.01));
  CHECK(squares / kCount == Approx(1.0 / 3.0).epsilon(0.02));
  CHECK(neighbours / kCount == Approx(0.0).margin(0.01));
  CHECK(white_noise(7, 99) == white_noise(7, 99));
  CHECK(white_noise(7, 99) != white_noise(8, 99));
}

TEST_CASE("drift stays within bounds and moves without steps") {
  double last = drift(3, 0.0), low = 1.0, high = -1.0;
  for (double t = 0.001; t < 50.0; t += 0.001) {
    const double now = drift(3, t);
    REQUIRE(std::fabs(now) <= 1.0);
    REQUIRE(std::fabs(now - last) < 0.01);
    low = std::min(low, now);
    high = std::max(high, now);
    last = now;
  }
  CHECK(low < -0.5);
  CHECK(high > 0.5);
}

TEST_CASE("the logarithm of two is the inverse of its power, to the last digits") {
  for (double x = 1e-300; x < 1e300; x *= 7.31) {
    CHECK(logarithm_of_two(x) == Approx(std::log2(x)).epsilon(1e-14).margin(1e-15));
  }
  for (int k = -60; k <= 60; ++k) {
    CHECK(logarithm_of_two(power_of_two(k)) == k);
    CHECK(logarithm_of_two(power_of_two(k + 0.3)) == Approx(k + 0.3).margin(1e-13));
  }
}
