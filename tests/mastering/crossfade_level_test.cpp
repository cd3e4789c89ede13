// SPDX-License-Identifier: MIT
#include "mastering/crossfade_level.h"

#include <cmath>

#include <catch2/catch.hpp>

#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr std::size_t kBlocks = 800;

mastering::OverlapEnergies steady(double old_db, double new_db, double r = 0.0) {
  const double a = std::pow(10.0, 0.1 * old_db);
  const double b = std::pow(10.0, 0.1 * new_db);
  mastering::OverlapEnergies energies;
  energies.old_energy.assign(kBlocks, static_cast<float>(a));
  energies.new_energy.assign(kBlocks, static_cast<float>(b));
  energies.product.assign(kBlocks, static_cast<float>(r * std::sqrt(a * b)));
  return energies;
}

/// The energy of the mix in each block, in dB.
std::vector<double> mixed(const mastering::OverlapEnergies& energies,
                          const std::vector<float>& level) {
  std::vector<double> db;
  for (std::size_t i = 0; i < energies.old_energy.size(); ++i) {
    const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(kBlocks);
    const double p = mastering::crossfade_position(u);
    const double k = mastering::level_at(level, u);
    const double power = (1.0 - p) * (1.0 - p) * static_cast<double>(energies.old_energy[i]) +
                         p * p * static_cast<double>(energies.new_energy[i]) +
                         2.0 * p * (1.0 - p) * static_cast<double>(energies.product[i]);
    db.push_back(10.0 * std::log10(k * k * power));
  }
  return db;
}

}  // namespace

TEST_CASE("between steady sides of one level the loudness holds, whatever their correlation") {
  for (const double r : {0.95, 0.3, 0.0, -0.45}) {
    CAPTURE(r);
    const mastering::OverlapEnergies energies = steady(-20.0, -20.0, r);
    const auto level = mastering::held_level(energies, {0.01, 0.01});
    REQUIRE(level.size() == kBlocks + 1);
    CHECK(level.front() == Approx(1.0f));
    CHECK(level.back() == Approx(1.0f));
    for (const double db : mixed(energies, level)) CHECK(db == Approx(-20.0).margin(0.02));
  }
}

TEST_CASE("a tail that decays within the overlap leaves no dip, for the new one comes to its aid") {
  mastering::OverlapEnergies energies = steady(-20.0, -20.0);
  for (std::size_t i = 0; i < kBlocks; ++i) {
    energies.old_energy[i] *= static_cast<float>(std::pow(10.0, -0.0012 * static_cast<double>(i)));
  }
  const auto db = mixed(energies, mastering::held_level(energies, {0.01, 0.01}));
  for (const double each : db) CHECK(each == Approx(-20.0).margin(1.0));
}

TEST_CASE("two tones that beat are held where they cancel and where they add up") {
  mastering::OverlapEnergies energies = steady(-20.0, -20.0);
  for (std::size_t i = 0; i < kBlocks; ++i) {
    const double phase = 2.0 * std::numbers::pi * static_cast<double>(i) / 800.0;
    energies.product[i] = static_cast<float>(0.004 * std::cos(phase));
  }
  const auto db = mixed(energies, mastering::held_level(energies, {0.01, 0.01}));
  for (const double each : db) CHECK(each == Approx(-20.0).margin(0.6));
}

TEST_CASE("the loudness leaves where the old one is, and comes to the bodies' level half way") {
  const mastering::OverlapEnergies energies = steady(-23.0, -18.0);
  const auto level = mastering::held_level(energies, {0.01, 0.01});
  CHECK(level.front() == Approx(1.0f));
  CHECK(level.back() == Approx(1.0f));
  const auto db = mixed(energies, level);
  CHECK(db.front() == Approx(-23.0).margin(0.1));
  CHECK(db[kBlocks / 2] == Approx(-20.0).margin(0.2));
  CHECK(db.back() == Approx(-18.0).margin(0.1));
}

TEST_CASE("k stays within 6 dB, and silence does not make it wild") {
  for (const auto& energies :
       {steady(-80.0, -80.0), steady(-20.0, -100.0),
        mastering::OverlapEnergies(steady(-300.0, -300.0)), steady(-20.0, -20.0, -1.0)}) {
    for (const float k : mastering::held_level(energies, {0.01, 0.01})) {
      CHECK(std::isfinite(k));
      CHECK(k <= 2.0f);
      CHECK(k >= 0.5f);
    }
  }
  CHECK(mastering::held_level({}, {0.01, 0.01}).empty());
  CHECK(mastering::level_at({}, 0.5) == 1.0);
}

TEST_CASE("a curve passes through its knots and has no corners between them") {
  const std::vector<float> level = {1.0f, 1.2f, 1.1f, 0.8f, 1.0f};
  for (std::size_t k = 0; k < level.size(); ++k) {
    CHECK(mastering::level_at(level, static_cast<double>(k) / 4.0) == Approx(level[k]));
  }
  for (double u = 0.01; u < 0.99; u += 0.01) {
    const double before = mastering::level_at(level, u) - mastering::level_at(level, u - 1e-4);
    const double after = mastering::level_at(level, u + 1e-4) - mastering::level_at(level, u);
    CHECK(std::abs(after - before) < 1e-5);
  }
}

TEST_CASE("energies and product are those of the audio, also where the filter has only begun") {
  const audio::AudioBuffer a = sine(2.0, 1000.0, -20.0, 48000);
  const audio::AudioBuffer b = sine(2.0, 1000.0, -26.0, 48000);
  const mastering::OverlapEnergies energies =
      mastering::overlap_energies(a.view(), b.view(), 48000);
  REQUIRE(energies.old_energy.size() == 200);
  // In both channels together a sine has the energy of its peak, and 0.69 LU more at 1 kHz.
  const double expected = std::pow(10.0, -2.0) * std::pow(10.0, 0.0691);
  for (std::size_t i = 0; i < 200; ++i) {
    CHECK(energies.old_energy[i] == Approx(expected).epsilon(0.02));
    CHECK(energies.product[i] == Approx(expected * of_db(-6.0)).epsilon(0.02));
  }
  CHECK(mastering::overlap_energies(a.view().subview(0, 0), b.view().subview(0, 0), 48000)
            .product.empty());
  CHECK(mastering::overlap_energies(a.view().subview(0, 3), b.view().subview(0, 3), 48000)
            .product.size() == 1);
}
