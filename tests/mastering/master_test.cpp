// SPDX-License-Identifier: MIT
#include "mastering/master.h"

#include <limits>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "mastering/ending_fade.h"
#include "mastering/loudness.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

audio::AudioBuffer with_impulses(double seconds, int rate) {
  audio::AudioBuffer audio = pad(seconds, -20.0, rate);
  for (std::int64_t i = rate / 2; i < audio.frames(); i += rate) {
    for (int c = 0; c < 2; ++c) audio.view().channel(c)[i] = c == 0 ? 1.0f : -0.9f;
  }
  return audio;
}

mastering::Loudness measured(const audio::AudioBuffer& audio) {
  const auto loudness = mastering::measure_loudness(audio.view(), audio.sample_rate());
  REQUIRE(loudness.ok());
  return *loudness;
}

mastering::Mastering mastered(audio::AudioBuffer& audio,
                              const mastering::MasteringSettings& settings) {
  const auto result = mastering::master(audio, settings, CancelToken());
  CAPTURE(result.status().ToString());
  REQUIRE(result.ok());
  return *result;
}

double mean_of(std::span<const float> samples) {
  double sum = 0.0;
  for (const float sample : samples) sum += static_cast<double>(sample);
  return sum / static_cast<double>(samples.size());
}

}  // namespace

TEST_CASE("every kind of material comes to the target and holds the ceiling") {
  struct Material {
    const char* name;
    audio::AudioBuffer audio;
    bool limited;
  };
  Material materials[] = {
      {"quiet", pad(8.0, -70.0, 48000), false},
      {"nearly nothing", pad(8.0, -105.0, 48000), false},
      {"loud", pad(8.0, 20.0, 48000), false},
      {"peaky", with_impulses(8.0, 48000), true},
      {"one second", pad(1.0, -6.0, 44100), false},
      {"a third of a second", pad(0.3, -6.0, 48000), false},
      {"mono", pad(4.0, -30.0, 48000, 1), false},
      {"96 kHz", pad(3.0, -12.0, 96000), false},
  };
  for (Material& material : materials) {
    CAPTURE(material.name);
    const std::int64_t frames = material.audio.frames();
    const mastering::Mastering result = mastered(material.audio, {.target_lufs = -18.0});
    const mastering::Loudness loudness = measured(material.audio);
    CHECK(material.audio.frames() == frames);
    CHECK(loudness.integrated_lufs == Approx(-18.0).margin(0.1));
    CHECK(loudness.true_peak_dbtp <= -1.0);
    CHECK(result.limited == material.limited);
    CHECK(result.integrated_lufs == Approx(loudness.integrated_lufs).margin(0.01));
    CHECK(result.range_lu == Approx(loudness.range_lu).margin(0.01));
    CHECK(result.true_peak_dbtp == Approx(loudness.true_peak_dbtp).margin(0.001));
  }
}

TEST_CASE("each target is met; what can not be met is said and never clipped") {
  for (const double target : {-23.0, -16.0, -14.0}) {
    audio::AudioBuffer audio = pad(6.0, -12.0, 48000);
    CHECK(mastered(audio, {.target_lufs = target}).integrated_lufs == Approx(target).margin(0.1));
    CHECK(measured(audio).true_peak_dbtp <= -1.0);
  }
  // Noise can not be at -2 LUFS under a ceiling of -6.
  audio::AudioBuffer audio = noise(4.0, -20.0, 48000, 3);
  const mastering::Mastering result = mastered(audio, {.target_lufs = -2.0, .ceiling_dbtp = -6.0});
  const mastering::Loudness loudness = measured(audio);
  CHECK(result.limited);
  CHECK(loudness.true_peak_dbtp <= -6.0);
  CHECK(result.integrated_lufs == Approx(loudness.integrated_lufs).margin(0.01));
  CHECK(result.integrated_lufs < -3.0);
}

TEST_CASE("without a limiter mastering is one linear gain") {
  const audio::AudioBuffer before = pad(3.0, -12.0, 48000);
  audio::AudioBuffer after = before;
  const mastering::Mastering result = mastered(after, {.target_lufs = -18.0});
  audio::AudioBuffer expected = before;
  for (int c = 0; c < 2; ++c) {
    for (float& sample : expected.samples(c)) sample *= static_cast<float>(of_db(result.gain_db));
  }
  CHECK(largest_difference(after.view(), expected.view()) < 1e-7);
}

TEST_CASE("a constant offset is removed") {
  audio::AudioBuffer audio = pad(4.0, -12.0, 48000);
  for (float& sample : audio.samples(0)) sample += 0.1f;
  for (float& sample : audio.samples(1)) sample -= 0.02f;
  mastered(audio, {.target_lufs = -18.0});
  CHECK(std::abs(mean_of(audio.samples(0))) < 1e-4);
  CHECK(std::abs(mean_of(audio.samples(1))) < 1e-4);
}

TEST_CASE("audio that can not be brought to a loudness is an error") {
  audio::AudioBuffer silent(2, 48000, 48000);
  audio::AudioBuffer constant(2, 48000, 48000);
  for (float& sample : constant.samples(0)) sample = 0.25f;
  audio::AudioBuffer broken = pad(1.0, -12.0, 48000);
  broken.samples(1)[777] = std::numeric_limits<float>::quiet_NaN();
  audio::AudioBuffer nothing(2, 0, 48000);
  for (audio::AudioBuffer* audio : {&silent, &constant, &broken, &nothing}) {
    const auto result = mastering::master(*audio, {}, CancelToken());
    CHECK(has_fault(result.status(), Fault::bad_data));
    CHECK(std::string(result.status().message()).find("the audio ") == 0);
  }
  CancelToken cancel;
  cancel.cancel();
  audio::AudioBuffer audio = pad(1.0, -12.0, 48000);
  CHECK(is_cancelled(mastering::master(audio, {}, cancel).status()));
}

TEST_CASE("loudness is that before the ending fade, the peak that of the file") {
  audio::AudioBuffer plain = pad(10.0, -12.0, 48000);
  audio::AudioBuffer faded = plain;
  const mastering::Mastering unfaded = mastered(plain, {.target_lufs = -18.0});
  const mastering::Mastering result =
      mastered(faded, {.target_lufs = -18.0, .ending_fade = {6 * 48000, 4 * 48000}});
  CHECK(result.integrated_lufs == unfaded.integrated_lufs);
  CHECK(result.range_lu == unfaded.range_lu);
  CHECK(result.gain_db == unfaded.gain_db);
  CHECK(result.cue.cue_out == unfaded.cue.cue_out);
  CHECK(result.true_peak_dbtp == Approx(measured(faded).true_peak_dbtp).margin(1e-4));
  CHECK(largest_difference(plain.view().subview(0, 6 * 48000),
                           faded.view().subview(0, 6 * 48000)) == 0.0);
  CHECK(faded.samples(0).back() == 0.0f);
}

TEST_CASE("the ending fade falls without a step, to true zero") {
  CHECK(mastering::ending_fade_gain(0.0) == 1.0);
  CHECK(mastering::ending_fade_gain(1.0) == 0.0);
  double before = 1.0;
  for (int i = 1; i <= 10000; ++i) {
    const double gain = mastering::ending_fade_gain(i / 10000.0);
    CHECK(gain < before);
    CHECK(before - gain < 0.0011);
    before = gain;
  }
  // Music for most of its length, however long it is.
  CHECK(to_db(mastering::ending_fade_gain(0.5)) == Approx(-4.5).margin(0.1));
  CHECK(to_db(mastering::ending_fade_gain(5.0 / 6.0)) == Approx(-17.6).margin(0.1));
  CHECK(to_db(mastering::ending_fade_gain(29.0 / 30.0)) == Approx(-38.4).margin(0.5));
  audio::AudioBuffer audio = sine(0.1, 1000.0, 0.0, 48000);
  REQUIRE(mastering::apply_ending_fade(audio.view(), {0, audio.frames()}, CancelToken()).ok());
  CHECK(audio.samples(0).back() == 0.0f);
}

TEST_CASE("segments that overlap in a long fade are faded alike, and bodies not at all") {
  // A fade of 7 s over three segments that start at 0, 3 and 8 s of a session of 11 s.
  const int rate = 44100;
  const audio::AudioBuffer session = pad(11.0, -12.0, rate);
  audio::AudioBuffer whole = session;
  REQUIRE(mastering::apply_ending_fade(whole.view(), {4 * rate, 7 * rate}, CancelToken()).ok());
  for (const int start : {0, 3, 8}) {
    const std::int64_t frames = std::min(11 - start, 6) * std::int64_t{rate};
    audio::AudioBuffer part(2, frames, rate);
    for (int c = 0; c < 2; ++c) {
      std::copy_n(session.samples(c).begin() + start * rate, frames, part.samples(c).begin());
    }
    REQUIRE(mastering::apply_ending_fade(part.view(), {(4 - start) * rate, 7 * rate}, CancelToken())
                .ok());
    CHECK(largest_difference(part.view(), whole.view().subview(start * rate, frames)) == 0.0);
  }
  CHECK(largest_difference(whole.view().subview(0, 4 * rate),
                           session.view().subview(0, 4 * rate)) == 0.0);
}
