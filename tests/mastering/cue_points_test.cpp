// SPDX-License-Identifier: MIT
#include "mastering/cue_points.h"

#include <catch2/catch.hpp>

#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 48000;

mastering::CuePoints cue_of(const audio::AudioBuffer& audio) {
  auto meter = mastering::LoudnessMeter::create(audio.channel_count(), kRate);
  REQUIRE(meter.ok());
  meter->add(audio.view());
  return mastering::find_cue_points(audio.view(), kRate, *meter);
}

double seconds(std::int64_t frames) { return static_cast<double>(frames) / kRate; }

}  // namespace

TEST_CASE("steady music is all body") {
  const audio::AudioBuffer audio = sine(5.003, 1000.0, -20.0, kRate);
  const mastering::CuePoints cue = cue_of(audio);
  CHECK(cue.cue_in == 0);
  CHECK(cue.cue_out == audio.frames());
  CHECK(cue.leading_silence <= 1);
  CHECK(cue.trailing_silence <= 1);
}

TEST_CASE("silence at the ends is found, and the body within it") {
  const audio::AudioBuffer audio =
      tone_steps({{1.5, std::nullopt}, {6.0, -20.0}, {2.5, std::nullopt}}, kRate);
  const mastering::CuePoints cue = cue_of(audio);
  CHECK(seconds(cue.cue_in) == Approx(1.5).margin(0.011));
  CHECK(seconds(cue.cue_out) == Approx(7.5).margin(0.011));
  CHECK(seconds(cue.leading_silence) == Approx(1.5).margin(0.001));
  CHECK(seconds(cue.trailing_silence) == Approx(2.5).margin(0.001));
}

TEST_CASE("a quiet intro, a tail and a knock in it are not the body") {
  audio::AudioBuffer audio = tone_steps({{3.0, -45.0}, {10.0, -20.0}, {4.0, -40.0}}, kRate);
  for (std::int64_t i = 15 * kRate; i < 15 * kRate + 200; ++i) {
    for (int c = 0; c < 2; ++c) audio.view().channel(c)[i] = 0.1f;
  }
  const mastering::CuePoints cue = cue_of(audio);
  CHECK(seconds(cue.cue_in) == Approx(3.0).margin(0.02));
  CHECK(seconds(cue.cue_out) == Approx(13.0).margin(0.02));
}

TEST_CASE("silent and very short audio have cue points too") {
  for (const std::int64_t frames : {0, 1, 100, 480, 10000}) {
    const audio::AudioBuffer silence(2, frames, kRate);
    const mastering::CuePoints cue = cue_of(silence);
    CHECK(cue.cue_in == 0);
    CHECK(cue.cue_out == frames);
    CHECK(cue.leading_silence == frames);
    CHECK(cue.trailing_silence == 0);
  }
  const audio::AudioBuffer blip = sine(0.1, 1000.0, -20.0, kRate);
  CHECK(cue_of(blip).cue_in == 0);
  CHECK(cue_of(blip).cue_out == blip.frames());
}
