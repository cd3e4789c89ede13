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

std::int64_t frames(double seconds) { return std::llround(seconds * kRate); }

/// A piece whose sound and music lie between these seconds.
mastering::PairSide side_of(const std::vector<float>& energies, double from, double to) {
  return {energies, kLufs, {frames(from), frames(from), frames(to), frames(to)}, 0, 0};
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

TEST_CASE("a tail is not faded, and the next piece has come in while it is still loud") {
  // 2.4 dB a second from 95 s on, as a decay of 25 s to -60 dB.
  const auto tail = energies_of(120.0, [](double t) { return std::min(0.0, -2.4 * (t - 95.0)); });
  const auto body = flat(120.0);
  mastering::PairSide old_side = side_of(tail, 0, 120);
  old_side.edges.music_out = frames(95.6);
  const mastering::Joint joint = mastering::find_joint(old_side, side_of(body, 0, 120), kRate);
  CHECK(joint.keep_old);
  CHECK_FALSE(joint.keep_new);
  CHECK(seconds(joint.old_end) == Approx(120.0));
  CHECK(joint.new_start == 0);
  const double full = seconds(joint.old_start() + joint.fade_in.to);
  CHECK(full > 95.0);
  CHECK(full < 101.0);
  CHECK(seconds(joint.fade_in.to - joint.fade_in.from) >= 4.0);
  CHECK(joint.shape().out_at(0.99) == 1.0);
}

TEST_CASE("a slow entry is heard under the old piece, which goes once it has come up") {
  const auto swell = energies_of(120.0, [](double t) {
    return t < 3.0 ? -120.0 : std::min(0.0, 20.0 * std::log10((t - 2.9) / 6.0));
  });
  const auto body = flat(120.0);
  mastering::PairSide new_side = side_of(swell, 3, 120);
  new_side.edges.music_in = frames(8.0);
  const mastering::Joint joint = mastering::find_joint(side_of(body, 0, 120), new_side, kRate);
  CHECK(joint.keep_new);
  CHECK_FALSE(joint.keep_old);
  CHECK(joint.new_start == frames(3.0));
  CHECK(seconds(joint.old_end) == Approx(120.0));
  const double leaves = seconds(joint.new_start + joint.fade_out.from);
  CHECK(leaves > 3.5);
  CHECK(leaves < 8.1);
  CHECK(joint.shape().in_at(0.0) == 1.0);
}

TEST_CASE("a decay meets a swell where both are half way, and neither is faded") {
  const auto out = energies_of(60.0, [](double t) {
    return t < 50.0 ? 0.0 : 20.0 * std::log10(std::max((58.0 - t) / 8.0, 1e-4));
  });
  const auto in = energies_of(60.0, [](double t) {
    return t > 9.0 ? 0.0 : 20.0 * std::log10(std::max((t - 3.0) / 6.0, 1e-4));
  });
  mastering::PairSide old_side = side_of(out, 0, 58);
  old_side.edges.music_out = frames(51.0);
  mastering::PairSide new_side = side_of(in, 3, 60);
  new_side.edges.music_in = frames(8.2);
  const mastering::Joint joint = mastering::find_joint(old_side, new_side, kRate);
  CHECK(joint.keep_old);
  CHECK(joint.keep_new);
  CHECK(joint.old_end == frames(58.0));
  CHECK(joint.new_start == frames(3.0));
  CHECK(seconds(joint.overlap) > 5.0);
  CHECK(seconds(joint.overlap) < 11.0);
}

TEST_CASE("a quiet ending is left at its own level") {
  const auto outro = energies_of(120.0, [](double t) { return t < 80.0 ? 0.0 : -20.0; });
  const auto body = flat(120.0);
  const mastering::Joint joint =
      mastering::find_joint(side_of(outro, 0, 120), side_of(body, 0, 120), kRate);
  CHECK(seconds(joint.old_end) == Approx(120.0));
  CHECK(10.0 * std::log10(joint.bodies.old_body) ==
        Approx(10.0 * std::log10(mastering::energy_of_lufs(kLufs - 20.0))).margin(0.1));
  CHECK(joint.bodies.new_body == Approx(mastering::energy_of_lufs(kLufs)));
}

TEST_CASE("a tail that is longer than the next piece is heard before it") {
  const auto tail = energies_of(120.0, [](double t) { return std::min(0.0, -2.4 * (t - 95.0)); });
  const auto body = flat(20.0);
  mastering::PairSide old_side = side_of(tail, 0, 120);
  old_side.edges.music_out = frames(95.6);
  mastering::PairSide new_side = side_of(body, 0, 20);
  new_side.reserved = frames(10.0);
  const mastering::Joint joint = mastering::find_joint(old_side, new_side, kRate);
  CHECK(joint.old_end == frames(120.0));
  CHECK(joint.overlap == frames(10.0));
}

TEST_CASE("a piece that begins earlier keeps its fade, and the old one is still heard to its end") {
  const auto body = flat(120.0);
  mastering::Joint joint =
      mastering::find_joint(side_of(body, 0, 120), side_of(body, 0, 120), kRate);
  const std::int64_t before = joint.overlap;
  joint.begin_earlier(480);
  CHECK(joint.overlap == before + 480);
  CHECK(joint.old_end == frames(120.0));
  CHECK(joint.shape().in_at(0.0) == 0.0);
  CHECK(joint.shape().in_at(1.0) == 1.0);
  CHECK(joint.shape().out_at(1.0) == 0.0);
  joint.begin_earlier(-960);
  CHECK(joint.overlap == before - 480);
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
  const mastering::Joint joint = mastering::find_joint({none, kLufs, {0, 0, 100, 100}, 0, 0},
                                                       {none, kLufs, {0, 0, 7, 7}, 0, 0}, kRate);
  CHECK(joint.old_end == 100);
  CHECK(joint.new_start == 0);
  CHECK(joint.overlap == 0);
}
