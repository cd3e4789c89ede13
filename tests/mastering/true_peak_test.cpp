// SPDX-License-Identifier: MIT
#include "mastering/true_peak.h"

#include <ebur128.h>

#include <catch2/catch.hpp>

#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

double peak_db(const audio::AudioBuffer& audio) {
  const auto peak = mastering::true_peak(audio.view(), CancelToken());
  REQUIRE(peak.ok());
  return to_db(*peak);
}

void taper(audio::AudioBuffer& audio) {
  const std::int64_t length = audio.sample_rate() / 100;
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (std::int64_t i = 0; i < length; ++i) {
      const float gain = static_cast<float>(i) / static_cast<float>(length);
      audio.view().channel(c)[i] *= gain;
      audio.view().channel(c)[audio.frames() - 1 - i] *= gain;
    }
  }
}

/// A sine of rate / divider.
audio::AudioBuffer divided_sine(int rate, int divider, double amplitude, double degrees) {
  audio::AudioBuffer audio(2, rate, rate);
  for (int c = 0; c < 2; ++c) {
    for (std::int64_t i = 0; i < audio.frames(); ++i) {
      const double phase = 2.0 * std::numbers::pi * static_cast<double>(i % divider) / divider +
                           degrees * std::numbers::pi / 180.0;
      audio.view().channel(c)[i] = static_cast<float>(amplitude * std::sin(phase));
    }
  }
  taper(audio);
  return audio;
}

/// A sine of rate / 6 at half scale that holds one period of rate / 4 at full scale, made at four
/// times the rate, low-passed there and decimated from `offset` on.
audio::AudioBuffer burst(int rate, int offset) {
  const std::int64_t length = 4LL * rate;
  const std::int64_t start = length / 2 / 24 * 24;
  std::vector<double> high(static_cast<std::size_t>(length));
  for (std::int64_t i = 0; i < length; ++i) {
    const bool inside = i >= start && i < start + 16;
    const std::int64_t from = i < start ? 0 : inside ? start : start + 16;
    const double period = inside ? 16.0 : 24.0;
    high[static_cast<std::size_t>(i)] =
        (inside ? 1.0 : 0.5) *
        std::sin(2.0 * std::numbers::pi * static_cast<double>(i - from) / period);
  }
  constexpr int kReach = 255;
  std::vector<double> filter;
  double sum = 0.0;
  for (int k = -kReach; k <= kReach; ++k) {
    const double x = std::numbers::pi * k / 4.0;
    const double v = std::numbers::pi * (k + kReach) / kReach;
    const double blackman = 0.42 - 0.5 * std::cos(v) + 0.08 * std::cos(2.0 * v);
    filter.push_back((k == 0 ? 1.0 : std::sin(x) / x) * blackman);
    sum += filter.back();
  }
  audio::AudioBuffer audio(2, rate, rate);
  for (std::int64_t i = 0; i < rate; ++i) {
    double value = 0.0;
    for (int k = -kReach; k <= kReach; ++k) {
      const std::int64_t at = 4 * i + offset - k;
      if (at < 0 || at >= length) continue;
      value += high[static_cast<std::size_t>(at)] * filter[static_cast<std::size_t>(k + kReach)];
    }
    for (int c = 0; c < 2; ++c) audio.view().channel(c)[i] = static_cast<float>(value / sum);
  }
  taper(audio);
  return audio;
}

double libebur128_peak_db(const audio::AudioBuffer& audio) {
  ebur128_state* state =
      ebur128_init(2, static_cast<unsigned long>(audio.sample_rate()), EBUR128_MODE_TRUE_PEAK);
  std::vector<float> interleaved(static_cast<std::size_t>(2 * audio.frames()));
  audio::interleave(audio.view(), interleaved.data());
  ebur128_add_frames_float(state, interleaved.data(), static_cast<std::size_t>(audio.frames()));
  double left = 0.0;
  double right = 0.0;
  ebur128_true_peak(state, 0, &left);
  ebur128_true_peak(state, 1, &right);
  ebur128_destroy(&state);
  return to_db(std::max(left, right));
}

void check_peak(const audio::AudioBuffer& audio, double expected) {
  const double peak = peak_db(audio);
  CHECK(peak <= expected + 0.2);
  CHECK(peak >= expected - 0.4);
}

}  // namespace

TEST_CASE("Tech 3341 cases 15 to 19: true peaks between the samples") {
  for (const int rate : {44100, 48000, 96000}) {
    check_peak(divided_sine(rate, 4, 0.5, 0.0), -6.0);
    check_peak(divided_sine(rate, 4, 0.5, 45.0), -6.0);
    check_peak(divided_sine(rate, 6, 0.5, 60.0), -6.0);
    check_peak(divided_sine(rate, 8, 0.5, 67.5), -6.0);
    check_peak(divided_sine(rate, 4, 1.41, 45.0), 3.0);
  }
}

TEST_CASE("Tech 3341 cases 20 to 23: a burst at each offset of the decimation") {
  for (const int rate : {44100, 48000, 96000}) {
    for (int offset = 0; offset < 4; ++offset) check_peak(burst(rate, offset), 0.0);
  }
}

TEST_CASE("true peak is libebur128's, whatever is passed over") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const audio::AudioBuffer audio = noise(0.5, -20.0, 48000, seed);
    CHECK(peak_db(audio) == Approx(libebur128_peak_db(audio)).margin(1e-4));
  }
  const audio::AudioBuffer music = pad(2.0, -6.0, 44100);
  CHECK(peak_db(music) == Approx(libebur128_peak_db(music)).margin(1e-4));
}

TEST_CASE("no interpolated value passes the bound, and one comes to it") {
  // The worst input has the signs of the half-way phase's coefficients: + - + - ... + + - + ...
  audio::AudioBuffer worst(1, 64, 48000);
  for (int k = 0; k < 6; ++k) {
    const float sign = k % 2 == 0 ? 1.0f : -1.0f;
    worst.samples(0)[static_cast<std::size_t>(30 - k)] = sign;
    worst.samples(0)[static_cast<std::size_t>(31 + k)] = sign;
  }
  const auto peak = mastering::true_peak(worst.view(), CancelToken());
  REQUIRE(peak.ok());
  CHECK(*peak == Approx(mastering::true_peak_bound()).epsilon(1e-5));
  CHECK(mastering::true_peak_bound() > 1.5);
  CHECK(mastering::true_peak_bound() < 3.0);
}

TEST_CASE("the ends count as surrounded by silence, in any block size") {
  audio::AudioBuffer step(1, 100, 48000);
  for (float& sample : step.samples(0)) sample = 0.5f;
  const double whole = peak_db(step);
  CHECK(whole > to_db(0.5));
  for (const std::int64_t size : {1, 7, 64, 99}) {
    mastering::TruePeakMeter meter(1);
    for (std::int64_t at = 0; at < 100; at += size) {
      meter.add(step.view().subview(at, std::min(size, 100 - at)));
    }
    CHECK(to_db(meter.peak()) == Approx(whole).margin(1e-9));
  }
}
