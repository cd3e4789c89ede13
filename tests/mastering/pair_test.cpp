// SPDX-License-Identifier: MIT
#include "mastering/pair.h"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "mastering/gating.h"

using namespace focus::core;

namespace {

constexpr int kRate = 48000;
constexpr double kLufs = -18.0;

/// A body's energies, shaped by a gain in dB of the seconds from its start.
template <typename Gain>
std::vector<float> energies_of(double seconds, Gain gain) {
  std::vector<float> energies;
  for (int i = 0; i < static_cast<int>(seconds * 100.0); ++i) {
    energies.push_back(
        static_cast<float>(mastering::energy_of_lufs(kLufs + gain((i + 0.5) / 100.0))));
  }
  return energies;
}

std::vector<float> flat(double seconds) {
  return energies_of(seconds, [](double) { return 0.0; });
}

mastering::PairSide side_of(const std::vector<float>& energies, double cue_in, double cue_out) {
  return {energies, kLufs, std::llround(cue_in * kRate), std::llround(cue_out * kRate), 0};
}

double seconds(std::int64_t frames) { return static_cast<double>(frames) / kRate; }

}  // namespace

TEST_CASE("steady music gets the usual overlap, at its very ends") {
  const auto body = flat(120.0);
  const mastering::Joint joint =
      mastering::find_joint(side_of(body, 0, 120), side_of(body, 0, 120), kRate);
  CHECK(seconds(joint.old_end) == Approx(120.0));
  CHECK(joint.new_start == 0);
  CHECK(seconds(joint.overlap) == Approx(8.0));
}

TEST_CASE("an overlap is at most a tenth of the shorter body") {
  const auto longer = flat(200.0);
  for (const double length : {0.5, 2.0, 30.0, 60.0}) {
    CAPTURE(length);
    const auto body = flat(length);
    for (const bool first : {true, false}) {
      const mastering::PairSide one = side_of(body, 0, length);
      const mastering::PairSide other = side_of(longer, 0, 200);
      const mastering::Joint joint = first ? mastering::find_joint(one, other, kRate)
                                           : mastering::find_joint(other, one, kRate);
      CHECK(seconds(joint.overlap) <= 0.1 * length + 1e-9);
      CHECK(seconds(joint.overlap) > 0.08 * length);
      CHECK(joint.overlap % (kRate / 100) == 0);
    }
  }
}

TEST_CASE("an overlap that is asked for is given, as far as half of the shorter body") {
  const auto body = flat(60.0);
  const auto overlap = [&](double asked) {
    return seconds(
        mastering::find_joint(side_of(body, 0, 60), side_of(body, 0, 60), kRate, asked).overlap);
  };
  CHECK(overlap(0.01) == Approx(0.01));
  CHECK(overlap(12.34) == Approx(12.34));
  CHECK(overlap(45.0) == Approx(30.0));
}

TEST_CASE("a tail is left while it is still loud, so that it is not faded twice") {
  // 2.4 dB a second from 95 s on, as a decay of 25 s to -60 dB.
  const auto tail = energies_of(120.0, [](double t) { return std::min(0.0, -2.4 * (t - 95.0)); });
  const auto body = flat(120.0);
  const mastering::Joint joint =
      mastering::find_joint(side_of(tail, 0, 98.75), side_of(body, 0, 120), kRate);
  CHECK(seconds(joint.old_end) > 95.0);
  CHECK(seconds(joint.old_end) <= 98.75);
  CHECK(seconds(joint.overlap) >= 4.0);
}

TEST_CASE("a slow entry is taken where it has come up, and silence is left out") {
  const auto swell = energies_of(120.0, [](double t) {
    return t < 3.0 ? -120.0 : std::min(0.0, 20.0 * std::log10((t - 2.9) / 6.0));
  });
  const auto body = flat(120.0);
  const mastering::Joint joint =
      mastering::find_joint(side_of(body, 0, 120), side_of(swell, 5.1, 120), kRate);
  CHECK(seconds(joint.new_start) >= 5.1);
  CHECK(seconds(joint.new_start) < 9.0);
}

TEST_CASE("what a file's own beginning has taken is not taken again") {
  const auto body = flat(10.0);
  mastering::PairSide old_side = side_of(body, 0, 10);
  old_side.free_from = std::llround(8.5 * kRate);
  const mastering::Joint joint = mastering::find_joint(old_side, side_of(body, 0, 10), kRate, 5.0);
  CHECK(seconds(joint.overlap) == Approx(1.5));
  CHECK(joint.old_end - joint.overlap >= old_side.free_from);
}

TEST_CASE("what is too short for blocks is put end to end") {
  const std::vector<float> none;
  const mastering::Joint joint =
      mastering::find_joint({none, kLufs, 0, 100, 0}, {none, kLufs, 0, 7, 0}, kRate);
  CHECK(joint.old_end == 100);
  CHECK(joint.new_start == 0);
  CHECK(joint.overlap == 0);
}
