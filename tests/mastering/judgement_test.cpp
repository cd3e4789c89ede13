// SPDX-License-Identifier: MIT
// What an engine or a user's file may hold, mastered as a session does, and judged.
#include "mastering/judgement.h"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/random.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 16000;
const mastering::MasteringSettings kUsual{.target_lufs = -18.0};

audio::AudioBuffer tone(double seconds = 30.0) { return sine(seconds, 220.0, -14.0, kRate); }

struct Verdicts {
  mastering::Judgement segment;
  mastering::Judgement file;
};

Verdicts judged(audio::AudioBuffer audio, const mastering::MasteringSettings& settings = kUsual) {
  const auto mastered = mastering::master(audio, settings, CancelToken());
  CAPTURE(mastered.status().ToString());
  REQUIRE(mastered.ok());
  return {judge_segment(*mastered, settings), judge_file(*mastered, settings)};
}

void fill(audio::AudioBuffer& audio, double from, double to, auto value) {
  for (int c = 0; c < 2; ++c) {
    for (auto i = static_cast<std::size_t>(from * kRate); i < static_cast<std::size_t>(to * kRate);
         ++i) {
      audio.samples(c)[i] = value(i);
    }
  }
}

/// The noise of a converter: 16-bit steps of -1, 0 and 1.
float dither(std::size_t i) {
  return static_cast<float>(static_cast<int>(i * 2654435761U >> 7 & 3U) % 3 - 1) / 32768.0f;
}

bool says(const mastering::Judgement& judgement, const char* what) {
  INFO(judgement.fault);
  return judgement.fault.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("music that came to its level is fit") {
  CHECK(judged(tone()).segment.is_fit());
  CHECK(judged(tone()).file.is_fit());
  CHECK(judged(pad(30.0, -45.0, kRate)).segment.is_fit());
  CHECK(judged(noise(10.0, -6.0, kRate, 2)).segment.is_fit());
  audio::AudioBuffer one_sided = tone();
  for (float& sample : one_sided.samples(1)) sample = 0.0f;
  CHECK(judged(one_sided).segment.is_fit());
}

TEST_CASE("silence inside a segment is a fault of its engine, and music in a user's file") {
  audio::AudioBuffer audio = tone();
  SECTION("digital") {
    fill(audio, 10.0, 13.5, [](std::size_t) { return 0.0f; });
  }
  SECTION("dithered") { fill(audio, 10.0, 13.5, dither); }
  SECTION("with an offset") {
    fill(audio, 10.0, 13.5, [](std::size_t) { return 0.004f; });
  }
  const Verdicts verdicts = judged(audio);
  CHECK(says(verdicts.segment, "is silent (under -60 dBFS) for 3.5 s from 10.0 s on"));
  CHECK(verdicts.segment.is_bearable);
  CHECK(verdicts.file.is_fit());
}

TEST_CASE("a short pause, and the ending fade of a session, are no faults") {
  audio::AudioBuffer audio = tone();
  fill(audio, 10.0, 12.9, [](std::size_t) { return 0.0f; });
  CHECK(judged(audio).segment.is_fit());
  CHECK(judged(tone(), {.target_lufs = -18.0, .ending_fade = {0, 10 * kRate}}).segment.is_fit());
}

TEST_CASE("a segment that ends too early is silent at its end") {
  audio::AudioBuffer audio = tone();
  fill(audio, 21.0, 30.0, [](std::size_t) { return 0.0f; });
  CHECK(says(judged(audio).segment, "for 9.0 s from 21.0 s on"));
}

TEST_CASE("one wild sample does not decide a level") {
  for (const float wild : {1e5f, 1e8f, 1e30f, -3e38f}) {
    CAPTURE(wild);
    audio::AudioBuffer audio = tone();
    audio.samples(0)[15 * kRate] = wild;
    const Verdicts verdicts = judged(audio);
    CHECK(says(verdicts.segment, "at 15.000 s"));
    CHECK(says(verdicts.file, "at 15.000 s"));
    CHECK_FALSE(verdicts.file.is_bearable);
  }
  // The limiter takes a click back, and the level is met all the same.
  audio::AudioBuffer click = tone();
  click.samples(0)[15 * kRate] = 4.0f;
  CHECK(judged(click).segment.is_fit());
  CHECK(judged(click).file.is_fit());
}

TEST_CASE(
    "what is all but silent is not raised to music, and whole numbers are not lowered to it") {
  audio::AudioBuffer audio = tone();
  fill(audio, 0.0, 30.0, dither);
  const Verdicts floor = judged(audio);
  CHECK(says(floor.segment, "needs a gain of +"));
  CHECK(says(floor.segment, "it is all but silent"));
  CHECK_FALSE(floor.file.is_fit());
  CHECK_FALSE(floor.file.is_bearable);
  audio::AudioBuffer integers = tone();
  for (int c = 0; c < 2; ++c) {
    for (float& sample : integers.samples(c)) sample *= 32768.0f;
  }
  CHECK(says(judged(integers).segment, "samples are nominally within +-1"));
}

TEST_CASE("a constant offset is a fault of an engine unless it is tiny") {
  const auto shifted = [](float by) {
    audio::AudioBuffer audio = tone();
    for (float& sample : audio.samples(1)) sample += by;
    return audio;
  };
  CHECK(says(judged(shifted(0.3f)).segment, "constant offset"));
  CHECK_FALSE(judged(shifted(0.3f)).segment.is_bearable);
  CHECK(judged(shifted(0.3f)).file.is_fit());  // it is taken out
  CHECK(judged(shifted(0.005f)).segment.is_fit());
  // Half of it up, half of it down: the mean of the whole is 0.
  audio::AudioBuffer audio = tone(40.0);
  for (std::size_t i = 0; i < audio.samples(0).size(); ++i) {
    audio.samples(0)[i] += i < 20 * kRate ? 0.1f : -0.1f;
  }
  CHECK(says(judged(audio).segment, "constant offset"));
}

TEST_CASE("nothing but an offset is no music") {
  audio::AudioBuffer audio(2, 30 * kRate, kRate);
  Random random(7);
  for (int c = 0; c < 2; ++c) {  // the ripple of a resampler
    for (float& sample : audio.samples(c)) {
      sample = 0.3f + 1e-6f * static_cast<float>(random.uniform() - 0.5);
    }
  }
  const auto mastered = mastering::master(audio, kUsual, CancelToken());
  const bool is_refused = has_fault(mastered.status(), Fault::bad_data);
  CHECK((is_refused || !judge_segment(*mastered, kUsual).is_bearable));
}

TEST_CASE("peaks that do not permit the target can be borne in a user's file, and are told") {
  audio::AudioBuffer audio = noise(10.0, -20.0, kRate, 3);
  const Verdicts verdicts = judged(audio, {.target_lufs = -2.0, .ceiling_dbtp = -6.0});
  CHECK(says(verdicts.file, "LUFS and not to -2.0"));
  CHECK(verdicts.file.is_bearable);
  CHECK(says(verdicts.segment, "LUFS and not to -2.0"));
  CHECK(verdicts.segment.is_bearable);
}

TEST_CASE("samples that are no numbers are told by number and place") {
  audio::AudioBuffer audio = tone();
  audio.samples(0)[2 * kRate] = std::numeric_limits<float>::quiet_NaN();
  audio.samples(1)[3 * kRate] = std::numeric_limits<float>::infinity();
  const auto mastered = mastering::master(audio, kUsual, CancelToken());
  CHECK(has_fault(mastered.status(), Fault::bad_data));
  CHECK(std::string(mastered.status().message())
            .find("holds 2 samples that are not numbers (NaN or infinite), the first at 2.000 s") !=
        std::string::npos);
}

TEST_CASE("denormal samples are silence") {
  audio::AudioBuffer audio = tone();
  fill(audio, 0.0, 30.0, [](std::size_t) { return 1e-42f; });
  CHECK(has_fault(mastering::master(audio, kUsual, CancelToken()).status(), Fault::bad_data));
}
