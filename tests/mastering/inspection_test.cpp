// SPDX-License-Identifier: MIT
#include "mastering/inspection.h"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr double kSilent = 1e-6;

void silence(audio::AudioBuffer& audio, double from, double to, float level = 0.0f) {
  const auto rate = static_cast<double>(audio.sample_rate());
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (auto i = static_cast<std::size_t>(from * rate); i < static_cast<std::size_t>(to * rate);
         ++i) {
      audio.samples(c)[i] = level;
    }
  }
}

}  // namespace

TEST_CASE("music without a defect shows none") {
  const audio::AudioBuffer audio = pad(12.0, -12.0, 48000);
  const mastering::Inspection found = mastering::inspect(audio.view(), 48000);
  CHECK(found.frames == audio.frames());
  CHECK(found.not_finite_count == 0);
  CHECK(found.first_not_finite_seconds == -1.0);
  CHECK(found.lasting_offset < 1e-3);
  CHECK(found.powers.size() == 12 * mastering::Inspection::kBlocksPerSecond);
  CHECK(found.longest_below(kSilent).seconds < 0.1);
}

TEST_CASE("the longest silence is found where it is, also with an offset or at the end") {
  audio::AudioBuffer audio = sine(20.0, 220.0, -12.0, 44100);
  silence(audio, 2.0, 3.5);
  silence(audio, 7.0, 11.5, 0.05f);
  mastering::Inspection::Stretch found =
      mastering::inspect(audio.view(), 44100).longest_below(kSilent);
  CHECK(found.start_seconds == Approx(7.0).margin(0.03));
  CHECK(found.seconds == Approx(4.5).margin(0.05));
  silence(audio, 15.0, 20.0);
  found = mastering::inspect(audio.view(), 44100).longest_below(kSilent);
  CHECK(found.start_seconds == Approx(15.0).margin(0.03));
  CHECK(found.seconds == Approx(5.0).margin(0.05));
}

TEST_CASE("one channel that sounds is no silence, and a deep bass is none") {
  audio::AudioBuffer audio = sine(8.0, 30.0, -40.0, 48000);
  for (float& sample : audio.samples(0)) sample = 0.0f;
  CHECK(mastering::inspect(audio.view(), 48000).longest_below(kSilent).seconds == 0.0);
}

TEST_CASE("samples that are not finite are counted, and spoil no other figure") {
  audio::AudioBuffer audio = sine(4.0, 220.0, -12.0, 8000);
  const mastering::Inspection before = mastering::inspect(audio.view(), 8000);
  audio.samples(0)[9000] = std::numeric_limits<float>::infinity();
  audio.samples(1)[8000] = std::numeric_limits<float>::quiet_NaN();
  audio.samples(1)[31999] = -std::numeric_limits<float>::infinity();
  const mastering::Inspection found = mastering::inspect(audio.view(), 8000);
  CHECK(found.not_finite_count == 3);
  CHECK(found.first_not_finite_seconds == 1.0);
  CHECK(found.peak == Approx(before.peak).margin(1e-3));
  CHECK(found.offset < 1e-3);
  CHECK(found.longest_below(kSilent).seconds == 0.0);
}

TEST_CASE("the largest sample is found with its place") {
  audio::AudioBuffer audio = sine(4.0, 220.0, -12.0, 8000);
  audio.samples(1)[16000] = -1e30f;
  const mastering::Inspection found = mastering::inspect(audio.view(), 8000);
  CHECK(found.peak == Approx(1e30));
  CHECK(found.peak_seconds == 2.0);
}

TEST_CASE("an offset is found in the whole and in a part of it") {
  audio::AudioBuffer audio = sine(40.0, 220.0, -12.0, 8000);
  for (std::size_t i = 0; i < 20 * 8000; ++i) audio.samples(1)[i] += 0.2f;
  for (std::size_t i = 20 * 8000; i < 40 * 8000; ++i) audio.samples(1)[i] -= 0.2f;
  mastering::Inspection found = mastering::inspect(audio.view(), 8000);
  CHECK(found.offset == Approx(0.0).margin(1e-4));
  CHECK(found.lasting_offset == Approx(0.2).margin(1e-3));
  found = mastering::inspect(audio.view().subview(0, 8 * 8000), 8000);
  CHECK(found.offset == Approx(0.2).margin(1e-3));
  CHECK(found.lasting_offset == found.offset);
}

TEST_CASE("an inspection does not depend on how the audio is divided, and nothing is no audio") {
  audio::AudioBuffer audio = noise(3.0, -20.0, 11025, 4);
  audio.samples(0)[777] = std::numeric_limits<float>::quiet_NaN();
  const mastering::Inspection whole = mastering::inspect(audio.view(), 11025);
  mastering::Inspector inspector(2, 11025);
  for (std::int64_t at = 0; at < audio.frames(); at += 313) {
    inspector.add(
        std::as_const(audio).view().subview(at, std::min<std::int64_t>(313, audio.frames() - at)));
  }
  const mastering::Inspection parts = inspector.result();
  CHECK(parts.not_finite_count == whole.not_finite_count);
  CHECK(parts.first_not_finite_seconds == whole.first_not_finite_seconds);
  CHECK(parts.peak == whole.peak);
  CHECK(parts.peak_seconds == whole.peak_seconds);
  CHECK(parts.offset == Approx(whole.offset));
  REQUIRE(parts.powers.size() == whole.powers.size());
  for (std::size_t i = 0; i < parts.powers.size(); ++i) {
    REQUIRE(parts.powers[i] == Approx(whole.powers[i]));
  }
  const mastering::Inspection nothing = mastering::Inspector(2, 48000).result();
  CHECK(nothing.offset == 0.0);
  CHECK(nothing.longest_below(kSilent).seconds == 0.0);
}
