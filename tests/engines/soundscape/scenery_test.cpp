// SPDX-License-Identifier: MIT
#include "engines/scenery.h"

#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/cancel.h"
#include "base/error.h"
#include "engines/soundscape/soundscape_support.h"
#include "mastering/loudness.h"

using namespace focus::test;

namespace {

/// Steady chords of sines, about as loud as music.
audio::AudioBuffer tones(std::int64_t frames, int rate, float level = 0.1f) {
  audio::AudioBuffer music(audio::kChannels, frames, rate);
  for (std::int64_t i = 0; i < frames; ++i) {
    const double t = static_cast<double>(i) / rate;
    const auto x = static_cast<float>(std::sin(2764.6 * t) + std::sin(3481.0 * t));
    for (int c = 0; c < audio::kChannels; ++c) music.view().channel(c)[i] = level * x;
  }
  return music;
}

double loudness_of(const audio::AudioBuffer& audio) {
  auto meter = mastering::LoudnessMeter::create(2, audio.sample_rate(),
                                                mastering::LoudnessMeter::TruePeak::left_out)
                   .value();
  meter.add(audio.view());
  return meter.integrated_lufs();
}

/// What was laid under the music alone.
audio::AudioBuffer laid(const plan::Brief& brief) {
  const audio::AudioBuffer music = tones(brief.frames, brief.sample_rate);
  audio::AudioBuffer both = tones(brief.frames, brief.sample_rate);
  REQUIRE(engines::lay_scenes(brief, both, {}).ok());
  for (int c = 0; c < audio::kChannels; ++c) {
    for (std::int64_t i = 0; i < both.frames(); ++i)
      both.view().channel(c)[i] -= music.view().channel(c)[i];
  }
  return both;
}

}  // namespace

TEST_CASE("scenery: a scene at 0 dB is about as loud as the music, at -12 dB 12 LU less") {
  for (const char* scene : {"rain", "fire", "brown"}) {
    CAPTURE(scene);
    const plan::Brief brief = scenery_brief(std::string(scene), 60.0, 30.0);
    const double music = loudness_of(tones(brief.frames, brief.sample_rate));
    CHECK(loudness_of(laid(brief)) == Approx(music).margin(2.5));
    const plan::Brief soft = scenery_brief(std::string(scene) + "=-12", 60.0, 30.0);
    CHECK(loudness_of(laid(soft)) == Approx(loudness_of(laid(brief)) - 12.0).margin(0.1));
  }
}

TEST_CASE("scenery: several scenes keep their levels under music") {
  const double rain = loudness_of(laid(scenery_brief("rain", 60.0, 20.0)));
  const double both = loudness_of(laid(scenery_brief("rain white", 60.0, 20.0)));
  CHECK(both == Approx(rain + 3.0).margin(1.0));
}

TEST_CASE("scenery: what is laid continues from segment to segment, at any rate") {
  for (const int rate : {48000, 44100, 32000, 96000}) {
    CAPTURE(rate);
    const auto through = laid(scenery_brief("sea rain=-6", 200.0, 6.0, rate));
    const auto tail = laid(scenery_brief("sea rain=-6", 204.0, 2.0, rate));
    std::vector<float> difference, whole;
    // Without the edges, where a resampler knows one side only.
    for (std::int64_t i = rate / 50; i < tail.frames() - rate / 50; ++i) {
      const float other = through.view().channel(0)[i + 4 * static_cast<std::int64_t>(rate)];
      difference.push_back(tail.view().channel(0)[i] - other);
      whole.push_back(other);
    }
    CHECK(rms(difference) < 0.01 * rms(whole));
  }
}

TEST_CASE("scenery: without scenes, or music, nothing is laid") {
  plan::Brief brief = scenery_brief("", 0.0, 1.0);
  audio::AudioBuffer music = tones(brief.frames, 48000);
  const std::vector<float> before(music.samples(0).begin(), music.samples(0).end());
  REQUIRE(engines::lay_scenes(brief, music, {}).ok());
  CHECK(std::equal(before.begin(), before.end(), music.samples(0).begin()));
  brief = scenery_brief("rain", 0.0, 1.0);
  audio::AudioBuffer silence(audio::kChannels, brief.frames, 48000);
  REQUIRE(engines::lay_scenes(brief, silence, {}).ok());
  CHECK(silence.view().channel(0)[24'000] == 0.0f);
}

TEST_CASE("scenery: laying ends when it is cancelled") {
  CancelToken cancel;
  cancel.cancel();
  const plan::Brief brief = scenery_brief("rain", 0.0, 5.0);
  audio::AudioBuffer music = tones(brief.frames, 48000);
  CHECK(is_cancelled(engines::lay_scenes(brief, music, cancel)));
}

TEST_CASE("soundscape: a programme fades from one scene to the next without a gap or a bump") {
  plan::Brief brief = scenery_brief("violet", 0.0, 40.0);
  brief.scenes.steps = plan::read_programme("0.1666666667/0.3333333333: brown").value();
  const auto played = play_scenery(brief);
  const auto level = [&](double from, double low, double high) {
    const auto at = static_cast<std::ptrdiff_t>(from * 48000);
    const std::vector<float> part(played.left.begin() + at, played.left.begin() + at + 4 * 48000);
    const auto spectrum = mean_spectrum(part);
    double sum = 0.0;
    for (std::size_t bin = 1; bin < spectrum.size(); ++bin) {
      const double hertz = static_cast<double>(bin) * 48000.0 / 8192.0;
      if (hertz > low && hertz < high) sum += spectrum[bin];
    }
    return 10.0 * std::log10(sum + 1e-12);
  };
  const auto bass = [&](double from) { return level(from, 30.0, 200.0); };
  const auto treble = [&](double from) { return level(from, 8000.0, 16000.0); };
  CHECK(bass(5.0) < bass(35.0) - 40.0);
  CHECK(treble(35.0) < treble(5.0) - 12.0);
  CHECK(bass(18.0) == Approx(bass(35.0) - 3.0).margin(2.0));  // half of the power each
  CHECK(treble(18.0) == Approx(treble(5.0) - 3.0).margin(1.0));
}

TEST_CASE("soundscape: a segment that begins in a fade continues the one before it") {
  const auto brief_from = [](double start, double seconds) {
    plan::Brief brief = scenery_brief("rain", start, seconds);
    brief.scenes.steps = plan::read_programme("3/0.5: storm=-3, fire").value();
    return brief;
  };
  const auto through = play_scenery(brief_from(190.0, 8.0));
  const auto tail = play_scenery(brief_from(194.0, 4.0));
  std::vector<float> difference;
  for (std::size_t i = 0; i < tail.left.size(); ++i) {
    difference.push_back(through.left[i + 4 * 48000] - tail.left[i]);
  }
  CHECK(rms(difference) < 0.005 * rms(tail.left));
}
