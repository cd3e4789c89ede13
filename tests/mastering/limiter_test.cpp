// SPDX-License-Identifier: MIT
#include "mastering/limiter.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "mastering/true_peak.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

double peak_db(const audio::AudioBuffer& audio) {
  const auto peak = mastering::true_peak(audio.view(), CancelToken());
  REQUIRE(peak.ok());
  return to_db(*peak);
}

audio::AudioBuffer torture_tone(int rate, double divider, double peak_dbfs) {
  audio::AudioBuffer audio(2, rate / 2, rate);
  for (int c = 0; c < 2; ++c) {
    for (std::int64_t i = 0; i < audio.frames(); ++i) {
      audio.view().channel(c)[i] = static_cast<float>(
          of_db(peak_dbfs) *
          std::sin(2.0 * std::numbers::pi * static_cast<double>(i) / divider + 0.785));
    }
  }
  return audio;
}

}  // namespace

TEST_CASE("the limiter holds the ceiling between the samples") {
  for (const int rate : {8000, 44100, 48000, 96000, 192000}) {
    for (const double divider : {4.0, 6.0, 3.1, 50.0}) {
      audio::AudioBuffer audio = torture_tone(rate, divider, 6.0);
      const auto limited = mastering::limit_true_peak(audio.view(), rate, -1.0, CancelToken());
      REQUIRE(limited.ok());
      CHECK(limited->limited);
      CHECK(limited->deepest_reduction_db > 5.0);
      CHECK(peak_db(audio) <= -1.0);
      // A steady tone is brought to the ceiling and not far under it.
      CHECK(peak_db(audio) > -1.2);
    }
  }
}

TEST_CASE("the limiter holds the ceiling on noise that comes in bursts") {
  audio::AudioBuffer audio = noise(1.0, 0.0, 48000, 4);
  for (std::int64_t i = 0; i < audio.frames(); ++i) {
    const float gain = i / 2400 % 2 == 0 ? 1.0f : 0.05f;
    for (int c = 0; c < 2; ++c) audio.view().channel(c)[i] *= gain;
  }
  const auto limited = mastering::limit_true_peak(audio.view(), 48000, -1.0, CancelToken());
  REQUIRE(limited.ok());
  CHECK(peak_db(audio) <= -1.0);
}

TEST_CASE("where nothing passes the ceiling no bit is changed") {
  const audio::AudioBuffer before = pad(1.0, -6.0, 48000);
  audio::AudioBuffer after = before;
  const auto limited =
      mastering::limit_true_peak(after.view(), 48000, peak_db(before), CancelToken());
  REQUIRE(limited.ok());
  CHECK_FALSE(limited->limited);
  CHECK(limited->deepest_reduction_db == 0.0);
  CHECK(largest_difference(before.view(), after.view()) == 0.0);
}

TEST_CASE("one peak changes its own surroundings only, smoothly and in all channels alike") {
  audio::AudioBuffer before = sine(3.0, 100.0, -12.0, 48000);
  constexpr std::int64_t kPeak = 48000;
  before.samples(0)[kPeak] = 2.0f;
  audio::AudioBuffer after = before;
  REQUIRE(mastering::limit_true_peak(after.view(), 48000, -1.0, CancelToken()).ok());
  CHECK(peak_db(after) <= -1.0);
  // 5 ms before to some twelve times the release after it.
  const std::int64_t first = kPeak - 480;
  const std::int64_t last = kPeak + 72000;
  CHECK(largest_difference(before.view().subview(0, first), after.view().subview(0, first)) == 0.0);
  const std::int64_t rest = before.frames() - last;
  CHECK(largest_difference(before.view().subview(last, rest), after.view().subview(last, rest)) ==
        0.0);
  double gain_before = 1.0;
  for (std::int64_t i = first; i < last; ++i) {
    const float left = before.view().channel(0)[i];
    const float right = before.view().channel(1)[i];
    if (std::abs(right) < 0.05f) continue;
    const double gain = static_cast<double>(after.view().channel(1)[i] / right);
    if (i != kPeak) {
      CHECK(static_cast<double>(after.view().channel(0)[i] / left) == Approx(gain).epsilon(1e-5));
    }
    CHECK(gain <= 1.0 + 1e-6);
    if (i % 240 != 0) CHECK(std::abs(gain - gain_before) < 0.2);
    gain_before = gain;
  }
}

TEST_CASE("very short audio and a cancelled token") {
  for (const std::int64_t frames : {0, 1, 2, 63, 64, 65, 500}) {
    audio::AudioBuffer audio(1, frames, 48000);
    for (float& sample : audio.samples(0)) sample = 1.5f;
    REQUIRE(mastering::limit_true_peak(audio.view(), 48000, -1.0, CancelToken()).ok());
    if (frames > 0) CHECK(peak_db(audio) <= -1.0);
  }
  CancelToken cancel;
  cancel.cancel();
  audio::AudioBuffer audio = noise(1.0, 0.0, 48000, 4);
  CHECK(is_cancelled(mastering::limit_true_peak(audio.view(), 48000, -1.0, cancel).status()));
}
