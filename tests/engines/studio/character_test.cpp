// SPDX-License-Identifier: MIT
// Four goals are four kinds of music, and three intensities three degrees of each.
#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "excerpts.h"

using namespace focus::test;

namespace {

constexpr std::uint64_t kSeeds[] = {3, 4, 5, 6, 7, 8};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

/// Over a few sessions, of one intensity or of several.
double median(const double Excerpt::*figure, plan::Goal goal,
              std::span<const plan::Intensity> intensities) {
  std::vector<double> values;
  for (const plan::Intensity intensity : intensities) {
    for (const std::uint64_t seed : kSeeds) {
      values.push_back(excerpt_of(goal, intensity, seed).*figure);
    }
  }
  return median(std::move(values));
}
double median(const double Excerpt::*figure, plan::Goal goal, plan::Intensity intensity) {
  return median(figure, goal, std::span(&intensity, 1));
}

template <typename Check>
void for_each_excerpt(Check check) {
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      for (const std::uint64_t seed : kSeeds) {
        INFO(name_of(goal) << ' ' << name_of(intensity) << ", seed " << seed);
        check(excerpt_of(goal, intensity, seed));
      }
    }
  }
}

}  // namespace

TEST_CASE("every goal at every intensity is clean and near the nominal level") {
  for_each_excerpt([](const Excerpt& excerpt) {
    REQUIRE(excerpt.finite);
    CHECK(excerpt.peak < 1.0);
    CHECK(excerpt.peak > 0.03);
    CHECK(excerpt.offset < 0.001);
    CHECK(excerpt.loudness_lufs > -30.0);  // the form moves it by some LU
    CHECK(excerpt.loudness_lufs < -10.0);
    CHECK(excerpt.top_db < -36.0);  // cymbals and breath have something there
  });
}

TEST_CASE("the sides are apart but not strangers, and the bass is in the middle") {
  for_each_excerpt([](const Excerpt& excerpt) {
    CHECK(excerpt.correlation > 0.1);
    CHECK(excerpt.correlation < 0.97);
    CHECK(excerpt.side_bass_db < -25.0);
  });
}

TEST_CASE("more intensity is brighter, within every goal") {
  for (const plan::Goal goal : kGoals) {
    const double low = median(&Excerpt::brightness, goal, plan::Intensity::low);
    const double medium = median(&Excerpt::brightness, goal, plan::Intensity::medium);
    const double high = median(&Excerpt::brightness, goal, plan::Intensity::high);
    INFO(name_of(goal) << ' ' << low << ' ' << medium << ' ' << high);
    CHECK(low < high);
    // A few seconds of a few sessions say no more about the one between.
    CHECK(medium > 0.85 * low);
    CHECK(medium < 1.15 * high);
  }
}

TEST_CASE("sleep is darker than work, and energize the brightest of all") {
  const auto brightness = [](plan::Goal goal) {
    return median(&Excerpt::brightness, goal, kIntensities);
  };
  INFO("focus " << brightness(plan::Goal::focus) << ", relax " << brightness(plan::Goal::relax)
                << ", sleep " << brightness(plan::Goal::sleep) << ", energize "
                << brightness(plan::Goal::energize));
  CHECK(brightness(plan::Goal::sleep) < 0.9 * brightness(plan::Goal::focus));
  CHECK(brightness(plan::Goal::relax) < brightness(plan::Goal::energize) / 1.2);
  CHECK(brightness(plan::Goal::focus) < brightness(plan::Goal::energize) / 1.2);
}

TEST_CASE("sleep is the darkest goal at every intensity") {
  for (const plan::Intensity intensity : kIntensities) {
    const double sleep = median(&Excerpt::brightness, plan::Goal::sleep, intensity);
    const double relax = median(&Excerpt::brightness, plan::Goal::relax, intensity);
    INFO(name_of(intensity) << ": sleep " << sleep << ", relax " << relax);
    CHECK(sleep < relax);
  }
}

TEST_CASE("twelve kinds of music are about as loud before mastering") {
  double softest = 0.0, loudest = -100.0;
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      const double loudness = median(&Excerpt::loudness_lufs, goal, intensity);
      INFO(name_of(goal) << ' ' << name_of(intensity) << ' ' << loudness);
      CHECK(loudness == Approx(-20.0).margin(4.0));
      softest = std::min(softest, loudness);
      loudest = std::max(loudest, loudness);
    }
  }
  CHECK(loudest - softest < 6.0);
}
