// SPDX-License-Identifier: MIT
// Music with known tempo, key and loudness, made here.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "audio/file.h"
#include "mastering/decibels.h"
#include "mastering/loudness.h"
#include "support/signals.h"
#include "support/temp_folder.h"

namespace focus::test {

struct MadeMusic {
  double seconds = 40.0;
  double bpm = 0.0;  ///< 0: chords alone, held
  int tonic = 0;     ///< of a major key
  bool is_minor = false;
  double lufs = -18.0;
  int rate = 44100;
  std::uint64_t seed = 1;
  double bright = 0.0;  ///< 0 to 1: how much noise the beats have
};

inline void add_note(core::audio::AudioBuffer& to, double from, double seconds, double hz,
                     double amplitude, bool is_plucked) {
  const int rate = to.sample_rate();
  const auto first = static_cast<std::int64_t>(from * rate);
  const auto count =
      std::min<std::int64_t>(static_cast<std::int64_t>(seconds * rate), to.frames() - first);
  for (int partial = 1; partial <= 4; ++partial) {
    TurningSine tone(0.3 * partial, 2.0 * std::numbers::pi * hz * partial / rate);
    for (std::int64_t i = 0; i < count; ++i) {
      const double t = static_cast<double>(i) / rate;
      const double left = static_cast<double>(count - i) / rate;
      const double shape = is_plucked ? std::exp(-6.0 * t) : 1.0;
      const double gain = amplitude / (partial * partial) * shape *
                          std::min({1.0, t / (is_plucked ? 0.004 : 0.3), left / 0.1});
      const auto value = static_cast<float>(gain * tone.next());
      for (int c = 0; c < 2; ++c) to.samples(c)[static_cast<std::size_t>(first + i)] += value;
    }
  }
}

/// Chords I, IV, V, I of the key, two bars of four seconds each, and a plucked note with a click of
/// noise on each beat where there are beats. Brought to the loudness by the meter that others use.
inline core::audio::AudioBuffer made_music(const MadeMusic& wish) {
  core::audio::AudioBuffer audio(2, static_cast<std::int64_t>(wish.seconds * wish.rate), wish.rate);
  const auto hz = [](double semitones) { return 261.6255653 * std::exp2(semitones / 12.0); };
  constexpr int kRoots[] = {0, 5, 7, 0};
  const double third = wish.is_minor ? 3.0 : 4.0;
  const double bar = wish.bpm > 0.0 ? 240.0 / wish.bpm : 4.0;
  int number = 0;
  for (double at = 0.0; at < wish.seconds; at += bar, ++number) {
    const double root = wish.tonic + kRoots[number % 4] - (wish.tonic > 6 ? 12 : 0);
    const bool is_fifth = number % 4 == 2;
    for (const double step : {0.0, is_fifth ? 4.0 : third, 7.0, -12.0}) {
      add_note(audio, at, std::min(bar, wish.seconds - at), hz(root + step), 0.1, false);
    }
  }
  if (wish.bpm > 0.0) {
    core::Random random(wish.seed);
    int beat = 0;
    for (double at = 0.05; at < wish.seconds - 0.5; at += 60.0 / wish.bpm, ++beat) {
      const bool is_first = beat % 4 == 0;
      add_note(audio, at, 0.4, is_first ? 65.4 : hz(wish.tonic - 12), is_first ? 0.5 : 0.2, true);
      const auto first = static_cast<std::size_t>(at * wish.rate);
      const auto count = static_cast<std::size_t>(0.05 * wish.rate);
      for (std::size_t i = 0; i < count && first + i < audio.samples(0).size(); ++i) {
        const double fade = std::exp(-120.0 * static_cast<double>(i) / wish.rate);
        const auto noise =
            static_cast<float>((0.05 + 0.5 * wish.bright) * fade * random.uniform(-1.0, 1.0));
        for (int c = 0; c < 2; ++c) audio.samples(c)[first + i] += noise;
      }
    }
  }
  const auto loudness = core::mastering::measure_loudness(std::as_const(audio).view(), wish.rate);
  REQUIRE(loudness.ok());
  const auto gain =
      static_cast<float>(core::mastering::amplitude_of_db(wish.lufs - loudness->integrated_lufs));
  for (int c = 0; c < 2; ++c) {
    for (float& sample : audio.samples(c)) sample *= gain;
  }
  return audio;
}

inline std::string write_music(const std::string& path, const core::audio::AudioBuffer& audio,
                               core::audio::AudioFormat format = core::audio::AudioFormat::flac16,
                               const core::audio::FileTags& tags = {}) {
  core::audio::AudioFileOptions options;
  options.tags = tags;
  REQUIRE(core::audio::write_audio_file(path, format, audio.view(), audio.sample_rate(), options,
                                        core::AtomicFile::Durability::renamed, {})
              .ok());
  return path;
}

}  // namespace focus::test
