// SPDX-License-Identifier: MIT
#include <cmath>
#include <complex>
#include <vector>

#include <catch2/catch.hpp>

#include "dsp/fft.h"
#include "dsp/math.h"
#include "dsp/modal.h"
#include "dsp/padsynth.h"

using namespace focus::core::dsp;

namespace {

/// The amplitude of one frequency in a stretch of samples (Goertzel's sum, written out).
double amplitude_at(const std::vector<float>& samples, double hertz, double rate) {
  std::complex<double> sum = 0.0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double turns = hertz * static_cast<double>(i) / rate;
    sum += static_cast<double>(samples[i]) *
           std::complex<double>(cosine_turns(turns), -sine_turns(turns));
  }
  return 2.0 * std::abs(sum) / static_cast<double>(samples.size());
}

}  // namespace

TEST_CASE("the inverse transform of one bin is one cosine") {
  std::vector<std::complex<float>> bins(33);
  bins[5] = {0.5f, 0.0f};
  bins[32] = {0.25f, 0.0f};
  std::vector<float> samples(64);
  InverseRealFft(64).transform(bins, samples);
  for (std::size_t i = 0; i < 64; ++i) {
    const double expected =
        cosine_turns(5.0 * static_cast<double>(i) / 64.0) + (i % 2 == 0 ? 0.25 : -0.25);
    REQUIRE(samples[i] == Approx(expected).margin(1e-5));
  }
}

TEST_CASE("a PADsynth table sounds at its partials and nowhere near half the rate") {
  constexpr double kRate = 24000.0;
  const std::vector<PadPartial> partials = {
      {220.0, 1.0, 2.0}, {440.0, 0.5, 4.0}, {11500.0, 1.0, 10.0}};  // the last is out of reach
  PadsynthMaker maker(15);
  std::vector<float> table(1 << 15);
  maker.make(partials, kRate, 1, table);
  double squares = 0.0, sum = 0.0;
  for (const float x : table) {
    squares += static_cast<double>(x) * static_cast<double>(x);
    sum += static_cast<double>(x);
  }
  const auto size = static_cast<double>(table.size());
  CHECK(std::sqrt(squares / size) == Approx(1.0).epsilon(1e-3));
  CHECK(std::fabs(sum / size) < 1e-5);
  const auto band = [&](double hertz) {
    double power = 0.0;
    const double middle = std::round(hertz * size / kRate);
    for (double bin = middle - 16.0; bin <= middle + 16.0; ++bin) {
      power += std::pow(amplitude_at(table, bin * kRate / size, kRate), 2.0);
    }
    return power;
  };
  CHECK(band(220.0) / band(440.0) == Approx(4.0).epsilon(0.1));
  CHECK(band(330.0) < 1e-6 * band(220.0));
  CHECK(band(11500.0) < 1e-8 * band(220.0));
}

TEST_CASE("modes ring at their frequency, fade in their time, and can be entered late") {
  constexpr double kRate = 24000.0;
  std::array<ModalBank::Mode, ModalBank::kModes> modes{};
  modes[0] = {440.0, 1.0, 1.0};
  modes[3] = {20000.0, 1.0, 1.0};  // beyond half the rate: silent
  ModalBank whole, late;
  whole.strike(modes, kRate, 0);
  std::vector<float> ring(24'000);
  whole.render(ring.data(), 24'000);
  const std::vector<float> head(ring.begin(), ring.begin() + 600);
  CHECK(amplitude_at(head, 440.0, kRate) == Approx(0.92).epsilon(0.05));
  double tail = 0.0;
  for (std::size_t i = 23'000; i < 24'000; ++i) tail = std::max(tail, std::fabs(double(ring[i])));
  CHECK(20.0 * std::log10(tail) == Approx(-57.5).margin(1.5));
  late.strike(modes, kRate, 5000);
  std::vector<float> rest(1000);
  late.render(rest.data(), 1000);
  for (std::size_t i = 0; i < rest.size(); ++i)
    REQUIRE(rest[i] == Approx(ring[5000 + i]).margin(1e-3));
}
