// SPDX-License-Identifier: MIT
#include "engines/soundscape/landscape.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string>

#include <catch2/catch.hpp>

#include "engines/soundscape/soundscape_support.h"
#include "mastering/loudness.h"

using namespace focus::test;

namespace {

std::vector<std::string> all_scenes() {
  std::vector<std::string> names;
  for (int n = 0; n < plan::kSceneCount; ++n) {
    names.emplace_back(name_of(static_cast<plan::Scene>(n)));
  }
  return names;
}

double highest(const std::vector<float>& samples) {
  float most = 0.0f;
  for (const float x : samples) most = std::max(most, std::abs(x));
  return static_cast<double>(most);
}

/// What tells a scene: the spectrum in five bands and the movement of its level.
using Fingerprint = std::array<double, 8>;

Fingerprint fingerprint_of(const std::vector<float>& samples) {
  const auto spectrum = mean_spectrum(samples);
  Fingerprint print{};
  constexpr std::array<double, 6> kEdges = {60, 200, 600, 1800, 5000, 16000};
  double total = 0.0;
  for (std::size_t band = 0; band < 5; ++band) {
    for (std::size_t bin = 1; bin < spectrum.size(); ++bin) {
      const double hertz = static_cast<double>(bin) * 48000.0 / 8192.0;
      if (hertz >= kEdges[band] && hertz < kEdges[band + 1]) print[band] += spectrum[bin];
    }
    total += print[band];
  }
  for (std::size_t band = 0; band < 5; ++band) {
    print[band] = 10.0 * std::log10(print[band] / total + 1e-5);
  }
  // The deviation of the level in windows of 5 ms, 50 ms and half a second, in dB.
  std::size_t entry = 5;
  for (const std::size_t window : {std::size_t{240}, std::size_t{2400}, std::size_t{24000}}) {
    std::vector<double> levels;
    for (std::size_t at = 0; at + window <= samples.size(); at += window) {
      double sum = 1e-12;
      for (std::size_t i = at; i < at + window; ++i) {
        sum += static_cast<double>(samples[i]) * static_cast<double>(samples[i]);
      }
      levels.push_back(10.0 * std::log10(sum));
    }
    const double mean =
        std::accumulate(levels.begin(), levels.end(), 0.0) / static_cast<double>(levels.size());
    double square = 0.0;
    for (const double level : levels) square += (level - mean) * (level - mean);
    print[entry++] = std::sqrt(square / static_cast<double>(levels.size()));
  }
  return print;
}

double distance(const Fingerprint& a, const Fingerprint& b) {
  double sum = 0.0;
  for (std::size_t n = 0; n < a.size(); ++n) {
    const double weight = n < 5 ? 0.4 : 1.0;
    sum += weight * (a[n] - b[n]) * (a[n] - b[n]);
  }
  return std::sqrt(sum);
}

}  // namespace

TEST_CASE("soundscape: every scene is finite, unclipped, without offset, and never silent") {
  for (const std::string& scene : all_scenes()) {
    CAPTURE(scene);
    const auto played = play_scenery(scenery_brief(scene, 300.0, 12.0));
    REQUIRE(played.left.size() == 12 * 48000);
    for (const auto* side : {&played.left, &played.right}) {
      CHECK(std::all_of(side->begin(), side->end(), [](float x) { return std::isfinite(x); }));
      CHECK(highest(*side) < 0.99);
      const double sum = std::accumulate(side->begin(), side->end(), 0.0);
      CHECK(std::abs(sum / static_cast<double>(side->size())) < 1e-3);
      for (std::size_t at = 0; at < side->size(); at += 3 * 48000) {
        const std::vector<float> part(side->begin() + static_cast<std::ptrdiff_t>(at),
                                      side->begin() + static_cast<std::ptrdiff_t>(at + 3 * 48000));
        CHECK(rms(part) > 1e-4);
      }
    }
  }
}

TEST_CASE("soundscape: a segment continues the one before it") {
  for (const std::string& scene : all_scenes()) {
    CAPTURE(scene);
    const auto through = play_scenery(scenery_brief(scene, 200.0, 6.0));
    const auto tail = play_scenery(scenery_brief(scene, 204.7, 1.3));
    std::vector<float> difference;
    for (std::size_t i = 0; i < tail.left.size(); ++i) {
      const std::size_t at = through.left.size() - tail.left.size() + i;
      difference.push_back(through.left[at] - tail.left[i]);
    }
    CHECK(rms(difference) < 0.005 * rms(tail.left));
  }
}

TEST_CASE("soundscape: the seed decides the samples") {
  const auto first = play_scenery(scenery_brief("storm fire night birds", 0.0, 2.0));
  CHECK(play_scenery(scenery_brief("storm fire night birds", 0.0, 2.0)).left == first.left);
  CHECK(play_scenery(scenery_brief("storm fire night birds", 0.0, 2.0, 48000, 8)).left !=
        first.left);
}

TEST_CASE("soundscape: levels are honoured") {
  const auto power = [](std::string_view scenes, double low, double high) {
    const auto played = play_scenery(scenery_brief(scenes, 60.0, 8.0));
    const auto spectrum = mean_spectrum(played.left);
    double sum = 0.0;
    for (std::size_t bin = 1; bin < spectrum.size(); ++bin) {
      const double hertz = static_cast<double>(bin) * 48000.0 / 8192.0;
      if (hertz > low && hertz < high) sum += spectrum[bin];
    }
    return 10.0 * std::log10(sum);
  };
  const auto balance = [&](std::string_view scenes) {
    return power(scenes, 300.0, 340.0) - power(scenes, 6000.0, 12000.0);
  };
  const double even = balance("violet=0 isochronic:10/320=0");
  CHECK(balance("violet=0 isochronic:10/320=-9") == Approx(even - 9.0).margin(0.3));
  CHECK(balance("violet=-6 isochronic:10/320=0") == Approx(even + 6.0).margin(0.3));
}

TEST_CASE("soundscape: scenes are told from each other by spectrum and movement") {
  std::map<std::string, Fingerprint> prints;
  for (const std::string& scene : all_scenes()) {
    prints[scene] = fingerprint_of(play_scenery(scenery_brief(scene, 900.0, 16.0)).left);
  }
  for (const auto& [name, print] : prints) {
    for (const auto& [other, its] : prints) {
      if (name >= other) continue;
      CAPTURE(name, other);
      CHECK(distance(print, its) > 1.0);
    }
  }
  const auto again = play_scenery(scenery_brief("white", 5000.0, 16.0));
  CHECK(distance(fingerprint_of(again.left), prints["white"]) < 0.3);
}

TEST_CASE("soundscape: every scene is about as loud as the others") {
  for (const std::string& scene : all_scenes()) {
    CAPTURE(scene);
    const auto played = play_scenery(scenery_brief(scene, 600.0, 90.0));
    const float* channels[] = {played.left.data(), played.right.data()};
    using Meter = mastering::LoudnessMeter;
    auto meter = Meter::create(2, 48000, Meter::TruePeak::left_out).value();
    meter.add(audio::ConstAudioView(channels, 2, static_cast<std::int64_t>(played.left.size())));
    // A minute and a half of the sea or of birds may be more or less than their mean.
    CHECK(meter.integrated_lufs() == Approx(engines::soundscape::kSceneLufs).margin(3.5));
  }
}

TEST_CASE("soundscape: nothing repeats over eight hours") {
  // Levels of half-second windows at random hours; a loop would bring the same row again.
  for (const char* scene : {"sea", "fire", "birds", "rain_window"}) {
    CAPTURE(scene);
    std::vector<std::vector<double>> rows;
    for (const double start : {0.0, 128.0, 1024.0, 3600.0, 7200.0, 14400.0, 25000.0, 28790.0}) {
      const auto played = play_scenery(scenery_brief(scene, start + 5.0, 4.0));
      std::vector<double> row;
      for (std::size_t at = 0; at + 2400 <= played.left.size(); at += 2400) {
        const std::vector<float> part(played.left.begin() + static_cast<std::ptrdiff_t>(at),
                                      played.left.begin() + static_cast<std::ptrdiff_t>(at + 2400));
        row.push_back(20.0 * std::log10(rms(part) + 1e-9));
      }
      rows.push_back(row);
    }
    for (std::size_t a = 0; a < rows.size(); ++a) {
      for (std::size_t b = a + 1; b < rows.size(); ++b) {
        double apart = 0.0;
        for (std::size_t n = 0; n < rows[a].size(); ++n) {
          apart += std::abs(rows[a][n] - rows[b][n]) / static_cast<double>(rows[a].size());
        }
        CHECK(apart > 0.2);
      }
    }
  }
}
