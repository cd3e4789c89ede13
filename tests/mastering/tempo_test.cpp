// SPDX-License-Identifier: MIT
#include "mastering/tempo.h"

#include <cmath>

#include <catch2/catch.hpp>

#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 48000;

/// Clicks of noise in strict time over a soft pad, the first of each four with a low thump.
audio::AudioBuffer drums(double seconds, double bpm, double first_beat, int first_bar) {
  audio::AudioBuffer audio = pad(seconds, -30.0, kRate);
  Random random(3);
  const double beat = 60.0 / bpm;
  int number = 0;
  for (double at = first_beat; at < seconds - 0.2; at += beat, ++number) {
    const auto from = static_cast<std::int64_t>(std::llround(at * kRate));
    const bool down = (number - first_bar) % 4 == 0;
    for (std::int64_t i = 0; i < kRate / 10; ++i) {
      const double t = static_cast<double>(i) / kRate;
      double value = 0.15 * std::exp(-60.0 * t) * random.normal();
      if (down) value += 0.4 * std::exp(-25.0 * t) * std::sin(2.0 * std::numbers::pi * 60.0 * t);
      for (int c = 0; c < 2; ++c) audio.view().channel(c)[from + i] += static_cast<float>(value);
    }
  }
  return audio;
}

/// How far `at` is from the nearest of beats of that length, one of which is at `beat_at`.
double distance(double at, double beat_at, double beat) {
  const double beats = (at - beat_at) / beat;
  return std::abs(beats - std::round(beats)) * beat;
}

}  // namespace

TEST_CASE("beats and downbeats of drums in strict time are found to a few milliseconds") {
  for (const double bpm : {62.0, 85.5, 120.0, 174.0}) {
    CAPTURE(bpm);
    const mastering::Tempo tempo = mastering::find_tempo(drums(20.0, bpm, 0.37, 2).view(), kRate);
    REQUIRE(tempo.known());
    const double beat = 60.0 / bpm;
    // Twice as quick or slow is the same music, counted otherwise.
    const double octave = std::exp2(std::round(std::log2(tempo.beat_seconds / beat)));
    CHECK(tempo.beat_seconds == Approx(beat * octave).epsilon(0.002));
    CHECK(distance(tempo.first_beat_seconds, 0.37, beat * std::min(octave, 1.0)) < 0.008);
    if (octave == 1.0) {
      CHECK(tempo.bars_known());
      CHECK(distance(tempo.first_bar_seconds, 0.37 + 2.0 * beat, 4.0 * beat) < 0.008);
    }
  }
}

TEST_CASE("what has no pulse gets none: noise, a tone, a pad, silence, a moment") {
  CHECK_FALSE(mastering::find_tempo(noise(20.0, -20.0, kRate, 4).view(), kRate).known());
  CHECK_FALSE(mastering::find_tempo(sine(20.0, 220.0, -12.0, kRate).view(), kRate).known());
  CHECK_FALSE(mastering::find_tempo(pad(20.0, -12.0, kRate).view(), kRate).known());
  CHECK_FALSE(
      mastering::find_tempo(audio::AudioBuffer(2, 20 * kRate, kRate).view(), kRate).known());
  CHECK_FALSE(mastering::find_tempo(drums(3.0, 120.0, 0.1, 0).view(), kRate).known());
  CHECK_FALSE(mastering::find_tempo(audio::AudioBuffer(2, 0, kRate).view(), kRate).known());
}

TEST_CASE("whole-hertz tones that barely beat are not taken for a tempo") {
  audio::AudioBuffer drone = noise(24.0, -45.0, kRate, 9);
  for (const double hz : {110.0, 165.0, 277.0, 440.0}) {
    const audio::AudioBuffer tone = sine(24.0, hz, -24.0, kRate);
    for (int c = 0; c < 2; ++c) {
      for (std::int64_t i = 0; i < drone.frames(); ++i) {
        drone.view().channel(c)[i] += tone.view().channel(c)[i];
      }
    }
  }
  CHECK_FALSE(mastering::find_tempo(drone.view(), kRate).known());
}

TEST_CASE("beats meet by taking the old one earlier, by less than a beat, or a bar") {
  mastering::Tempo old_tempo;
  old_tempo.beat_seconds = 0.5;
  old_tempo.first_beat_seconds = 0.1;
  old_tempo.confidence = 0.8;
  mastering::Tempo new_tempo = old_tempo;
  new_tempo.first_beat_seconds = 0.3;
  // The new one's beats lie at 0.3 + 0.5 k; the middle is at 4.0 of it and at 20.0 of the old one.
  const auto meets = [&](const mastering::BeatShift& shift, double old_first, double new_first,
                         double step) {
    const double old_middle = 20.0 - static_cast<double>(shift.frames) / kRate;
    return distance(old_middle - old_first, 4.0 - new_first, step) < 0.002;
  };
  mastering::BeatShift shift = mastering::find_beat_shift(old_tempo, 20.0, new_tempo, 4.0, kRate);
  CHECK(shift.match == mastering::TempoMatch::beats);
  CHECK(shift.frames >= 0);
  CHECK(shift.frames < kRate / 2);
  CHECK(meets(shift, 0.1, 0.3, 0.5));

  old_tempo.bar_confidence = new_tempo.bar_confidence = 0.9;
  old_tempo.first_bar_seconds = 1.1;
  new_tempo.first_bar_seconds = 0.8;
  shift = mastering::find_beat_shift(old_tempo, 20.0, new_tempo, 4.0, kRate);
  CHECK(shift.match == mastering::TempoMatch::downbeats);
  CHECK(shift.frames < 2 * kRate);
  CHECK(meets(shift, 1.1, 0.8, 2.0));

  new_tempo.beat_seconds = 0.25;  // double tempo: beats meet, bars are not compared
  CHECK(mastering::find_beat_shift(old_tempo, 20.0, new_tempo, 4.0, kRate).match ==
        mastering::TempoMatch::beats);
  new_tempo.beat_seconds = 0.5 * 1.015;
  CHECK(mastering::find_beat_shift(old_tempo, 20.0, new_tempo, 4.0, kRate).match !=
        mastering::TempoMatch::none);
  new_tempo.beat_seconds = 0.5 * 1.03;
  CHECK(mastering::find_beat_shift(old_tempo, 20.0, new_tempo, 4.0, kRate).match ==
        mastering::TempoMatch::none);
  CHECK(mastering::find_beat_shift(old_tempo, 20.0, mastering::Tempo(), 4.0, kRate).frames == 0);
}

TEST_CASE("a kick on every second beat is found again, though no bar can be told") {
  audio::AudioBuffer audio = noise(20.0, -60.0, kRate, 6);
  for (int number = 0; number < 32; ++number) {
    const auto from = static_cast<std::int64_t>((0.2 + 0.6 * number) * kRate);
    const double hz = number % 2 == 1 ? 55.0 : 900.0;
    for (std::int64_t i = 0; i < kRate / 8; ++i) {
      const double t = static_cast<double>(i) / kRate;
      const auto value =
          static_cast<float>(0.5 * std::exp(-30.0 * t) * std::sin(2.0 * std::numbers::pi * hz * t));
      for (int c = 0; c < 2; ++c) audio.view().channel(c)[from + i] += value;
    }
  }
  const mastering::Tempo tempo = mastering::find_tempo(audio.view(), kRate);
  REQUIRE(tempo.known());
  CHECK_FALSE(tempo.bars_known());
  REQUIRE(tempo.pairs_known());
  CHECK(distance(tempo.first_pair_seconds, 0.8, 1.2) < 0.01);
}
