// SPDX-License-Identifier: MIT
#include "mastering/music_edges.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <catch2/catch.hpp>

#include "mastering/loudness.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 48000;

/// Noise whose gain is a function of the time.
audio::AudioBuffer shaped_noise(double seconds, const std::function<double(double)>& gain) {
  audio::AudioBuffer audio = noise(seconds, -18.0, kRate, 1);
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (std::int64_t i = 0; i < audio.frames(); ++i) {
      audio.view().channel(c)[i] *= static_cast<float>(gain(static_cast<double>(i) / kRate));
    }
  }
  return audio;
}

struct Edges {
  double sound_in;
  double music_in;
  double music_out;
  double sound_out;
};

Edges edges_of(const audio::AudioBuffer& audio, double gain_db = 0.0) {
  auto meter = mastering::LoudnessMeter::create(audio.channel_count(), kRate,
                                                mastering::LoudnessMeter::TruePeak::left_out);
  REQUIRE(meter.ok());
  meter->add(audio.view());
  const mastering::MusicEdges edges =
      mastering::find_music_edges(audio.view(), kRate, meter->block_energies(), gain_db);
  const auto seconds = [](std::int64_t frame) { return static_cast<double>(frame) / kRate; };
  return {seconds(edges.sound_in), seconds(edges.music_in), seconds(edges.music_out),
          seconds(edges.sound_out)};
}

double linear_fade(double t, double from, double to) {
  return std::clamp((to - t) / (to - from), 0.0, 1.0);
}

}  // namespace

TEST_CASE("music that begins and ends at once has no silence, no swell and no decay") {
  const Edges edges = edges_of(shaped_noise(20.0, [](double) { return 1.0; }));
  CHECK(edges.sound_in == 0.0);
  CHECK(edges.music_in == 0.0);
  CHECK(edges.music_out == 20.0);
  CHECK(edges.sound_out == 20.0);
}

TEST_CASE("silence is found at both ends") {
  const Edges edges =
      edges_of(shaped_noise(20.0, [](double t) { return t > 3.0 && t < 15.0 ? 1.0 : 0.0; }));
  CHECK(edges.sound_in == Approx(3.0).margin(0.02));
  CHECK(edges.music_in == edges.sound_in);
  CHECK(edges.music_out == edges.sound_out);
  CHECK(edges.sound_out == Approx(15.0).margin(0.02));
}

TEST_CASE("a fade-out decays to its end, and a fade-in swells from its beginning") {
  for (const double length : {2.0, 10.0, 30.0}) {
    CAPTURE(length);
    const Edges edges = edges_of(shaped_noise(100.0, [length](double t) {
      return linear_fade(t, 100.0 - length, 100.0) * (1.0 - linear_fade(t, 0.0, length));
    }));
    CHECK(edges.sound_in < 0.1);
    CHECK(edges.music_in > 0.5 * length);
    CHECK(edges.music_in < length + 0.1);
    CHECK(edges.music_out > 100.0 - length - 0.5);
    CHECK(edges.music_out < 100.0 - 0.5 * length);
    CHECK(edges.sound_out > 99.9);
  }
}

TEST_CASE("a reverberation is followed until it is not heard any more") {
  // 60 dB in 20 s.
  const Edges edges = edges_of(shaped_noise(
      90.0, [](double t) { return t < 60.0 ? 1.0 : std::pow(10.0, -3.0 * (t - 60.0) / 20.0); }));
  CHECK(edges.music_out == Approx(60.3).margin(0.6));
  CHECK(edges.sound_out > 80.0);
}

TEST_CASE("a quiet passage at either end is music, whatever its level") {
  for (const double db : {-13.0, -25.0, -38.0}) {
    CAPTURE(db);
    const double quiet = of_db(db);
    const Edges edges = edges_of(
        shaped_noise(130.0, [quiet](double t) { return t > 30.0 && t < 90.0 ? 1.0 : quiet; }));
    CHECK(edges.music_in == 0.0);
    CHECK(edges.music_out == 130.0);
  }
}

TEST_CASE("a quiet ending that fades out decays from its own level") {
  const Edges edges = edges_of(shaped_noise(
      100.0, [](double t) { return (t < 60.0 ? 1.0 : 0.2) * linear_fade(t, 94.0, 100.0); }));
  CHECK(edges.music_out > 93.5);
  CHECK(edges.music_out < 97.5);
  CHECK(edges.sound_out > 99.9);
}

TEST_CASE("single notes that die away are music until the last one") {
  const Edges edges = edges_of(shaped_noise(60.0, [](double t) {
    return t < 30.0 ? 1.0 : 0.3 * std::pow(10.0, -1.2 * std::fmod(t - 30.0, 6.0) / 2.0);
  }));
  CHECK(edges.music_out > 53.5);
  CHECK(edges.music_out < 55.5);
  CHECK(edges.sound_out > 59.0);
}

TEST_CASE("what breaks off while it fades does not decay") {
  const Edges edges =
      edges_of(shaped_noise(60.0, [](double t) { return 0.4 + 0.6 * linear_fade(t, 50.0, 60.0); }));
  CHECK(edges.music_out == 60.0);
}

TEST_CASE("a noise floor after the music, and dither that was raised with it, are silence") {
  const audio::AudioBuffer floor = noise(60.0, -76.0, kRate, 7);
  audio::AudioBuffer audio =
      shaped_noise(60.0, [](double t) { return t > 10.0 && t < 40.0 ? 1.0 : 0.0; });
  for (int c = 0; c < 2; ++c) {
    for (std::int64_t i = 0; i < audio.frames(); ++i) {
      audio.view().channel(c)[i] += floor.view().channel(c)[i];
    }
  }
  const Edges edges = edges_of(audio);
  CHECK(edges.sound_in == Approx(10.0).margin(0.02));
  CHECK(edges.sound_out == Approx(40.0).margin(0.02));
}

TEST_CASE("sound that only decays has its edges in order") {
  const Edges edges =
      edges_of(shaped_noise(20.0, [](double t) { return std::pow(10.0, -3.0 * t / 20.0); }));
  CHECK(edges.sound_in == 0.0);
  CHECK(edges.music_in <= edges.music_out);
  CHECK(edges.music_out < 2.0);
  CHECK(edges.sound_out > 15.0);
}
