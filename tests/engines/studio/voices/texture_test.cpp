// SPDX-License-Identifier: MIT
#include "engines/studio/voices/texture.h"

#include <array>

#include <catch2/catch.hpp>

#include "support/spectrum.h"
#include "voice_support.h"

using namespace focus::test;
using namespace focus::core;

namespace {

constexpr std::uint32_t kKey = 77;
constexpr double kCutoff = 1800.0;

std::vector<plan::Scenery> all_scenery() {
  std::vector<plan::Scenery> all;
  for (int i = 0; i < plan::kSceneryCount; ++i) all.push_back(static_cast<plan::Scenery>(i));
  return all;
}

Sound bed(plan::Scenery scenery, double from_seconds, double to_seconds, float gain = 1.0f,
          double cutoff = kCutoff) {
  Texture texture(scenery, kKey, kVoiceRate, cutoff);
  const std::int64_t from = on_grid(from_seconds), to = on_grid(to_seconds);
  Sound sound;
  sound.left.resize(static_cast<std::size_t>(to - from));
  sound.right.resize(sound.left.size());
  for (std::int64_t frame = from; frame < to; frame += Texture::kBlock) {
    const auto at = static_cast<std::size_t>(frame - from);
    texture.render(frame, Texture::kBlock, gain, &sound.left[at], &sound.right[at]);
  }
  return sound;
}

/// The level of each octave from 62.5 Hz to 8 kHz, in dB of the whole.
std::array<double, 7> colour(const Sound& sound) {
  const Spectrum spectrum(sound.left, kVoiceRate, 4096);
  std::array<double, 7> levels{};
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double low = 62.5 * std::exp2(static_cast<double>(i));
    levels[i] = 10.0 * std::log10(spectrum.power(low, 2.0 * low) / spectrum.power() + 1e-9);
  }
  return levels;
}

/// How far the level moves from one tenth of a second to the next, in dB on the average.
double motion(const Sound& sound) {
  double sum = 0.0, last = 0.0;
  int count = 0;
  for (double at = 0.1; at + 0.1 < 16.0; at += 0.1) {
    const double level = 20.0 * std::log10(rms(sound.part(at, at + 0.1)));
    if (count++ > 0) sum += std::fabs(level - last);
    last = level;
  }
  return sum / (count - 1);
}

}  // namespace

TEST_CASE("every scenery has a colour of its own, or else a motion") {
  std::vector<std::array<double, 7>> colours;
  std::vector<double> motions;
  for (const plan::Scenery scenery : all_scenery()) {
    const Sound sound = bed(scenery, 0.0, 16.0);
    const auto own = colour(sound);
    const double own_motion = motion(sound);
    for (std::size_t other = 0; other < colours.size(); ++other) {
      double distance = 0.0;
      for (std::size_t i = 0; i < own.size(); ++i) {
        distance = std::max(distance, std::fabs(own[i] - colours[other][i]));
      }
      const double livelier = std::fabs(std::log2(own_motion / motions[other]));
      INFO(name_of(scenery) << " against " << name_of(static_cast<plan::Scenery>(other)) << ": "
                            << distance << " dB, " << own_motion << " and " << motions[other]);
      CHECK((distance > 2.5 || livelier > 0.6));
    }
    colours.push_back(own);
    motions.push_back(own_motion);
  }
}

TEST_CASE("a bed is finite, without offset, wide, and neither faint nor overloaded") {
  for (const plan::Scenery scenery : all_scenery()) {
    const Sound sound = bed(scenery, 0.0, 16.0);
    INFO(name_of(scenery));
    REQUIRE(all_finite(sound.left));
    CHECK(rms(sound.left) > 0.02);
    CHECK(rms(sound.left) < 1.0);
    CHECK(std::fabs(mean(sound.left)) < 0.01 * rms(sound.left));
    CHECK(20.0 * std::log10(rms(sound.left) / rms(sound.right)) == Approx(0.0).margin(2.0));
    CHECK(difference_db(sound.left, sound.right) > -12.0);
  }
}

TEST_CASE("a bed is the same wherever its rendering began") {
  for (const plan::Scenery scenery : all_scenery()) {
    const Sound whole = bed(scenery, 0.0, 5.0), late = bed(scenery, 3.0, 5.0);
    const auto from = static_cast<std::size_t>(on_grid(3.0) + on_grid(0.05));
    INFO(name_of(scenery));
    CHECK(difference_db(std::span(whole.left).subspan(from),
                        std::span(late.left).subspan(static_cast<std::size_t>(on_grid(0.05)))) <
          -80.0);
  }
}

TEST_CASE("a bed is as loud as its gain, and as bright as its cutoff") {
  for (const plan::Scenery scenery : all_scenery()) {
    const Sound full = bed(scenery, 0.0, 4.0), half = bed(scenery, 0.0, 4.0, 0.5f);
    INFO(name_of(scenery));
    CHECK(rms(half.left) == Approx(0.5 * rms(full.left)).epsilon(1e-3));
    const Sound dark = bed(scenery, 0.0, 4.0, 1.0f, 0.5 * kCutoff);
    CHECK(Spectrum(dark.left, kVoiceRate, 4096).centroid() <
          Spectrum(full.left, kVoiceRate, 4096).centroid());
  }
}

TEST_CASE("surf and wind come and go; rain falls steadily") {
  const auto range = [](plan::Scenery scenery) {
    const Sound sound = bed(scenery, 0.0, 40.0);
    double low = 1e9, high = 0.0;
    for (int second = 1; second < 40; ++second) {
      const double level = rms(sound.part(second, second + 1));
      low = std::min(low, level);
      high = std::max(high, level);
    }
    return 20.0 * std::log10(high / low);
  };
  CHECK(range(plan::Scenery::rain) < 8.0);
  CHECK(range(plan::Scenery::waves) > range(plan::Scenery::rain) + 3.0);
  CHECK(range(plan::Scenery::wind) > range(plan::Scenery::rain) + 3.0);
}

TEST_CASE("fire and vinyl crackle; surf and wind have no grains") {
  const auto crest = [](plan::Scenery scenery) {
    const Sound sound = bed(scenery, 0.0, 16.0);
    return peak(sound.left) / rms(sound.left);
  };
  const double smooth_ones = std::max(crest(plan::Scenery::waves), crest(plan::Scenery::wind));
  CHECK(crest(plan::Scenery::fire) > 1.25 * smooth_ones);
  CHECK(crest(plan::Scenery::vinyl) > 1.25 * smooth_ones);
}
