// SPDX-License-Identifier: MIT
#include "dsp/bus_compressor.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

using namespace focus::core::dsp;

namespace {

constexpr double kRate = 24000.0;
constexpr int kBlock = 64;
constexpr BusCompressor::Settings kGlue = {.threshold_db = -20.0, .ratio = 3.0, .knee_db = 6.0};

/// The gain of every frame while a square wave of `level_db` is played, whose power is the same in
/// every block.
std::vector<double> gains_at(BusCompressor& compressor, double level_db, double seconds) {
  std::vector<double> gains;
  const auto amplitude = static_cast<float>(gain_of_db(level_db));
  for (int frame = 0; frame < static_cast<int>(seconds * kRate); frame += kBlock) {
    float left[kBlock], right[kBlock];
    for (int i = 0; i < kBlock; ++i) left[i] = right[i] = i % 8 < 4 ? amplitude : -amplitude;
    compressor.process(left, right, kBlock);
    for (int i = 0; i < kBlock; ++i) {
      gains.push_back(std::fabs(static_cast<double>(left[i])) / static_cast<double>(amplitude));
    }
  }
  return gains;
}

double db(double gain) { return 20.0 * std::log10(gain); }

/// The gain, in dB, where a level has stood for long.
double settled_db(const BusCompressor::Settings& settings, double level_db) {
  BusCompressor compressor(settings, kRate);
  return db(gains_at(compressor, level_db, 4.0).back());
}

}  // namespace

TEST_CASE("below its knee a compressor leaves all as it is") {
  for (const double level : {-80.0, -40.0, -23.5})
    CHECK(settled_db(kGlue, level) == Approx(0.0).margin(1e-3));
  BusCompressor::Settings lifted = kGlue;
  lifted.makeup_db = 3.0;
  CHECK(settled_db(lifted, -40.0) == Approx(3.0).margin(1e-2));
}

TEST_CASE("above its knee what comes out rises by a decibel for each ratio's worth going in") {
  for (const double level : {-16.0, -10.0, -3.0}) {
    CHECK(settled_db(kGlue, level) == Approx(-(level + 20.0) * (1.0 - 1.0 / 3.0)).margin(0.01));
  }
}

TEST_CASE("through the knee the gain only falls, bends softly, and the level still rises") {
  double last_gain = 0.1, last_out = -200.0, last_slope = 0.0;
  for (double level = -25.0; level <= -15.0; level += 0.5) {
    const double gain = settled_db(kGlue, level);
    INFO(level << " dB");
    CHECK(gain <= last_gain + 1e-4);
    CHECK(level + gain > last_out);
    const double slope = gain - last_gain;
    if (level > -24.0) CHECK(std::fabs(slope - last_slope) < 0.1);
    last_gain = gain;
    last_out = level + gain;
    last_slope = slope;
  }
}

TEST_CASE("two compressors with different pasts agree a second later") {
  for (const double level : {-60.0, -18.0, -6.0}) {
    BusCompressor fresh(kGlue, kRate), after_music(kGlue, kRate);
    gains_at(after_music, -12.0, 2.0);
    gains_at(fresh, level, 1.0);
    gains_at(after_music, level, 1.0);
    const double a = db(gains_at(fresh, level, 0.1).back());
    const double b = db(gains_at(after_music, level, 0.1).back());
    INFO(level << " dB");
    CHECK(a == Approx(b).margin(0.4));
    gains_at(fresh, level, 1.5);
    gains_at(after_music, level, 1.5);
    CHECK(db(gains_at(fresh, level, 0.1).back()) ==
          Approx(db(gains_at(after_music, level, 0.1).back())).margin(0.01));
  }
}

TEST_CASE("the gain moves in straight lines and never steps") {
  BusCompressor compressor(kGlue, kRate);
  std::vector<double> gains = gains_at(compressor, -50.0, 0.5);
  for (const double level : {0.0, -40.0, -10.0}) {
    const std::vector<double> more = gains_at(compressor, level, 0.5);
    gains.insert(gains.end(), more.begin(), more.end());
  }
  double steepest = 0.0, lowest = 1.0;
  for (std::size_t i = 1; i < gains.size(); ++i) {
    steepest = std::max(steepest, std::fabs(db(gains[i]) - db(gains[i - 1])));
    lowest = std::min(lowest, gains[i]);
    if (i % kBlock == 0 || i % kBlock == 1) continue;
    const double bend = gains[i] - 2.0 * gains[i - 1] + gains[i - 2];
    REQUIRE(std::fabs(bend) < 1e-5);  // straight within a block
  }
  CHECK(db(lowest) < -10.0);  // it had something to do
  CHECK(steepest < 0.03);
}

TEST_CASE("it clamps down quicker than it lets go") {
  BusCompressor compressor(kGlue, kRate);
  gains_at(compressor, -50.0, 0.5);
  const auto down = gains_at(compressor, -5.0, 2.0), up = gains_at(compressor, -50.0, 2.0);
  const auto frames_to = [](const std::vector<double>& gains, double goal, bool falling) {
    return std::find_if(gains.begin(), gains.end(),
                        [&](double g) { return falling ? db(g) < goal : db(g) > goal; }) -
           gains.begin();
  };
  const auto attack = frames_to(down, -6.3, true), release = frames_to(up, -3.7, false);
  CHECK(static_cast<double>(attack) / kRate == Approx(0.04).margin(0.006));
  CHECK(static_cast<double>(release) / kRate == Approx(0.35).margin(0.04));
}

TEST_CASE("both sides get one gain, so that nothing wanders between them") {
  BusCompressor compressor(kGlue, kRate);
  float ratio = 0.0f;
  for (int block = 0; block < 400; ++block) {
    float left[kBlock], right[kBlock];
    for (int i = 0; i < kBlock; ++i) {
      left[i] = i % 2 == 0 ? 0.8f : -0.8f;
      right[i] = 0.05f;
    }
    compressor.process(left, right, kBlock);
    ratio = left[0] / right[0];
    REQUIRE(ratio == Approx(16.0f).epsilon(1e-5));
  }
}
