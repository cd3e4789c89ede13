// SPDX-License-Identifier: MIT
// Test signals, made here and nowhere recorded.
#pragma once

#include <cmath>
#include <initializer_list>
#include <numbers>
#include <optional>
#include <vector>

#include "audio/buffer.h"
#include "base/random.h"

namespace focus::test {

inline double of_db(double db) { return std::pow(10.0, db / 20.0); }
inline double to_db(double amplitude) { return 20.0 * std::log10(amplitude); }

/// A sine, turned on from sample to sample: one of std::sin would take most of the tests' time.
class TurningSine {
 public:
  /// The angle of the first sample, and from one to the next; in radians.
  TurningSine(double angle, double step)
      : sine_(std::sin(angle)),
        cosine_(std::cos(angle)),
        by_sine_(std::sin(step)),
        by_cosine_(std::cos(step)) {}

  double next() {
    const double now = sine_;
    sine_ = now * by_cosine_ + cosine_ * by_sine_;
    cosine_ = cosine_ * by_cosine_ - now * by_sine_;
    return now;
  }

 private:
  double sine_;
  double cosine_;
  double by_sine_;
  double by_cosine_;
};

/// The same sine in all channels.
inline core::audio::AudioBuffer sine(double seconds, double hz, double peak_dbfs, int rate,
                                     int channels = 2) {
  core::audio::AudioBuffer buffer(channels, std::llround(seconds * rate), rate);
  TurningSine tone(0.0, 2.0 * std::numbers::pi * hz / rate);
  const double peak = of_db(peak_dbfs);
  for (std::int64_t i = 0; i < buffer.frames(); ++i) {
    const auto value = static_cast<float>(peak * tone.next());
    for (int c = 0; c < channels; ++c) buffer.samples(c)[static_cast<std::size_t>(i)] = value;
  }
  return buffer;
}

struct Step {
  double seconds;
  std::optional<double> peak_dbfs;  ///< nothing is silence
};

/// A 1 kHz sine in steps of level, its phase running on.
inline core::audio::AudioBuffer tone_steps(const std::vector<Step>& steps, int rate,
                                           int channels = 2) {
  double seconds = 0.0;
  for (const Step& step : steps) seconds += step.seconds;
  core::audio::AudioBuffer buffer = sine(seconds, 1000.0, 0.0, rate, channels);
  double end = 0.0;
  std::int64_t i = 0;
  for (const Step& step : steps) {
    end += step.seconds;
    const auto gain = static_cast<float>(step.peak_dbfs.has_value() ? of_db(*step.peak_dbfs) : 0.0);
    for (; i < std::min(std::llround(end * rate), static_cast<long long>(buffer.frames())); ++i) {
      for (int c = 0; c < channels; ++c) buffer.samples(c)[static_cast<std::size_t>(i)] *= gain;
    }
  }
  return buffer;
}

/// About normal noise, each channel its own.
inline core::audio::AudioBuffer noise(double seconds, double rms_dbfs, int rate, std::uint64_t seed,
                                      int channels = 2) {
  core::audio::AudioBuffer buffer(channels, std::llround(seconds * rate), rate);
  core::Random random(seed);
  for (int c = 0; c < channels; ++c) {
    for (float& sample : buffer.samples(c)) {
      sample = static_cast<float>(of_db(rms_dbfs) * random.normal());
    }
  }
  return buffer;
}

/// A soft chord that swells and sinks, over a little noise: the usual case.
inline core::audio::AudioBuffer pad(double seconds, double peak_dbfs, int rate, int channels = 2) {
  core::audio::AudioBuffer buffer(channels, std::llround(seconds * rate), rate);
  core::Random random(5);
  const double peak = of_db(peak_dbfs);
  for (int c = 0; c < channels; ++c) {
    std::vector<TurningSine> chord;
    for (const double hz : {110.0, 164.8, 220.3, 329.6, 659.2}) {
      chord.emplace_back(0.4 * c, 2.0 * std::numbers::pi * hz / rate);
    }
    TurningSine swell(0.0, 0.8 / rate);
    for (std::int64_t i = 0; i < buffer.frames(); ++i) {
      double value = 0.02 * random.normal();
      for (TurningSine& tone : chord) value += 0.15 * tone.next();
      value *= peak * (0.75 + 0.25 * swell.next());
      buffer.samples(c)[static_cast<std::size_t>(i)] = static_cast<float>(value);
    }
  }
  return buffer;
}

inline double rms(core::audio::ConstAudioView audio) {
  double sum = 0.0;
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (const float x : audio.samples(c)) sum += static_cast<double>(x) * static_cast<double>(x);
  }
  return std::sqrt(sum / static_cast<double>(audio.frames() * audio.channel_count()));
}

inline double largest_difference(core::audio::ConstAudioView a, core::audio::ConstAudioView b) {
  double largest = 0.0;
  for (int c = 0; c < a.channel_count(); ++c) {
    for (std::int64_t i = 0; i < a.frames(); ++i) {
      largest = std::max(largest, static_cast<double>(std::abs(a.channel(c)[i] - b.channel(c)[i])));
    }
  }
  return largest;
}

}  // namespace focus::test
