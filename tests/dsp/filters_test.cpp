// SPDX-License-Identifier: MIT
#include "dsp/filters.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "dsp/halfband.h"
#include "dsp/stereo.h"

using namespace focus::core::dsp;

namespace {

constexpr double kRate = 48000.0;

std::vector<float> sine(double hertz, int frames, double rate = kRate) {
  std::vector<float> samples(static_cast<std::size_t>(frames));
  for (int i = 0; i < frames; ++i) {
    samples[static_cast<std::size_t>(i)] = static_cast<float>(sine_turns(hertz * i / rate));
  }
  return samples;
}

/// The level of the second half, where filters have settled; a sine of amplitude 1 is 0 dB.
double level_db(const std::vector<float>& samples) {
  double sum = 0.0;
  for (std::size_t i = samples.size() / 2; i < samples.size(); ++i) {
    sum += static_cast<double>(samples[i]) * static_cast<double>(samples[i]);
  }
  return 10.0 * std::log10(sum * 4.0 / static_cast<double>(samples.size()) + 1e-20);
}

template <typename Filter>
double response_db(double hertz, Filter filter) {
  std::vector<float> samples = sine(hertz, 48'000);
  for (float& x : samples) x = filter(x);
  return level_db(samples);
}

}  // namespace

TEST_CASE("a state-variable filter is 3 dB down at its cutoff and falls by 12 dB an octave") {
  for (const double cutoff : {120.0, 1000.0, 6000.0}) {
    Svf low, high, far_low, far_high;
    for (Svf* filter : {&low, &high, &far_low, &far_high}) filter->set(cutoff, 0.70710678, kRate);
    CHECK(response_db(cutoff, [&](float x) { return low.lowpass(x); }) ==
          Approx(-3.01).margin(0.1));
    CHECK(response_db(cutoff, [&](float x) { return high.highpass(x); }) ==
          Approx(-3.01).margin(0.1));
    CHECK(response_db(cutoff / 8, [&](float x) { return far_high.highpass(x); }) ==
          Approx(-36.0).margin(1.2));
    CHECK(response_db(cutoff / 8, [&](float x) { return far_low.lowpass(x); }) ==
          Approx(0.0).margin(0.1));
  }
}

TEST_CASE("four channels in lockstep give what one alone gives") {
  std::array<Svf, 4> filters;
  Svf alone;
  for (std::size_t n = 0; n < 4; ++n)
    filters[n].set(300.0 * (1.0 + static_cast<double>(n)), 1.2, kRate);
  alone.set(900.0, 1.2, kRate);
  std::array<std::vector<float>, 4> channels;
  for (auto& channel : channels) channel = sine(700.0, 4800);
  std::vector<float> reference = channels[2];
  alone.lowpass(reference.data(), 4800);
  // The blocks are not all multiples of four, and the state goes on from one to the next.
  for (int begin = 0, frames = 30; begin < 4800; begin += frames) {
    FourSvf(filters, FourSvf::lowpass())
        .process({channels[0].data() + begin, channels[1].data() + begin,
                  channels[2].data() + begin, channels[3].data() + begin},
                 frames);
  }
  CHECK(reference == channels[2]);
}

namespace {

/// The level of a sine after `filter`, which is given the four channels.
template <typename Filter>
double four_response_db(double hertz, Filter filter) {
  std::array<std::vector<float>, 4> channels;
  for (auto& channel : channels) channel = sine(hertz, 48'000);
  filter(std::array<float*, 4>{channels[0].data(), channels[1].data(), channels[2].data(),
                               channels[3].data()});
  return level_db(channels[3]);
}

}  // namespace

TEST_CASE("four channels at once: a low cut, and a tilt with a dip") {
  const auto at = [](double hertz, bool tilts) {
    std::array<Svf, 4> filters;
    for (Svf& filter : filters) filter.set(330.0, 0.7, kRate);
    return four_response_db(hertz, [&](const std::array<float*, 4>& channels) {
      if (tilts) {
        FourSvf(filters, FourSvf::tilt(filters, 0.7f, 0.5f)).process(channels, 48'000);
      } else {
        FourSvf(filters, FourSvf::highpass(filters)).process(channels, 48'000);
      }
    });
  };
  CHECK(at(3300.0, false) == Approx(0.0).margin(0.2));
  CHECK(at(41.25, false) == Approx(-36.0).margin(1.2));
  CHECK(at(20.0, true) == Approx(-6.0).margin(0.3));
  CHECK(at(330.0, true) < -2.0);
  CHECK(at(8000.0, true) == Approx(0.0).margin(0.3));
}

TEST_CASE("what stands still is taken away, and music is not") {
  DcBlocker blocker;
  blocker.set_cutoff(8.0, kRate);
  float last = 1.0f;
  for (int i = 0; i < 48'000; ++i) last = blocker.process(0.5f);
  CHECK(std::fabs(last) < 1e-4f);
  DcBlocker other;
  other.set_cutoff(8.0, kRate);
  CHECK(response_db(100.0, [&](float x) { return other.process(x); }) == Approx(0.0).margin(0.05));
}

TEST_CASE("bass becomes mono and treble stays wide") {
  const auto side_db = [](double hertz) {
    MonoBass floor;
    floor.set_corner(200.0, kRate);
    std::vector<float> left = sine(hertz, 48'000), right = left;
    for (float& x : right) x = -x;
    floor.process(left.data(), right.data(), 48'000);
    return level_db(left);
  };
  CHECK(side_db(50.0) < -22.0);
  CHECK(side_db(2000.0) == Approx(0.0).margin(0.2));
}

TEST_CASE("saturation leaves quiet sound alone and bounds the loud") {
  CHECK(soft_saturation(0.01f) == Approx(0.01f).epsilon(1e-3));
  CHECK(soft_saturation(100.0f) <= 1.0f);
  CHECK(soft_saturation(-100.0f) >= -1.0f);
}

TEST_CASE("half-band filters keep what is below and take away the images and aliases") {
  const auto through = [](double hertz, bool up) {
    const double rate = up ? 24000.0 : 48000.0;
    std::vector<float> in = sine(hertz, 19'200, rate), out;
    if (up) {
      Upsampler2x filter;
      out.resize(in.size() * 2);
      for (std::size_t i = 0; i < in.size(); i += 64) filter.process(&in[i], 64, &out[2 * i]);
    } else {
      Downsampler2x filter;
      out.resize(in.size() / 2);
      for (std::size_t i = 0; i < out.size(); i += 64) filter.process(&in[2 * i], 64, &out[i]);
    }
    return out;
  };
  CHECK(level_db(through(1000.0, true)) == Approx(0.0).margin(0.02));
  CHECK(level_db(through(9000.0, true)) == Approx(0.0).margin(0.1));
  CHECK(level_db(through(9000.0, false)) == Approx(0.0).margin(0.1));
  CHECK(level_db(through(15500.0, false)) < -60.0);
  // The image of 9 kHz would lie at 15 kHz: bringing it down again must leave 9 kHz alone.
  std::vector<float> doubled = through(9000.0, true), again(doubled.size() / 2);
  Downsampler2x down;
  for (std::size_t i = 0; i < again.size(); i += 64) down.process(&doubled[2 * i], 64, &again[i]);
  CHECK(level_db(again) == Approx(0.0).margin(0.2));
}
