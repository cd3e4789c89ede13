// SPDX-License-Identifier: MIT
#include "base/random.h"

#include <array>
#include <cmath>

#include <catch2/catch.hpp>

using focus::core::Random;

TEST_CASE("a stream is a function of its key alone") {
  Random a(7), b(7), c(8);
  const auto first = a.bits();
  CHECK(first == b.bits());
  CHECK(first != c.bits());
}

TEST_CASE("a fork does not depend on what was drawn before it") {
  Random fresh(42);
  Random used(42);
  used.bits();
  used.bits();
  CHECK(fresh.fork("motif").bits() == used.fork("motif").bits());
  CHECK(fresh.fork("motif").bits() != fresh.fork("chords").bits());
  CHECK(fresh.fork(1).bits() != fresh.fork(2).bits());
  CHECK(fresh.fork(1).fork(2).bits() != fresh.fork(2).fork(1).bits());
}

TEST_CASE("uniform draws fill [0, 1) evenly and integers stay within bounds") {
  Random random(3);
  std::array<int, 10> bins{};
  double sum = 0.0;
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double u = random.uniform();
    REQUIRE(u >= 0.0);
    REQUIRE(u < 1.0);
    sum += u;
    ++bins[static_cast<std::size_t>(u * 10)];
    const int n = random.between(-2, 2);
    REQUIRE(n >= -2);
    REQUIRE(n <= 2);
  }
  CHECK(sum / kDraws == Approx(0.5).margin(0.005));
  for (const int count : bins) CHECK(count == Approx(kDraws / 10).epsilon(0.05));
}

TEST_CASE("normal draws have mean 0 and deviation 1") {
  Random random(5);
  double sum = 0.0, squares = 0.0;
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
  }
  CHECK(sum / kDraws == Approx(0.0).margin(0.02));
  CHECK(std::sqrt(squares / kDraws) == Approx(1.0).epsilon(0.02));
}
