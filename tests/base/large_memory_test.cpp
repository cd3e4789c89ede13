// SPDX-License-Identifier: MIT
#include "base/large_memory.h"

#include <cstdint>
#include <limits>
#include <new>

#include <catch2/catch.hpp>

using namespace focus::core;

TEST_CASE("large memory begins at a large page, and what is smaller need not") {
  for (const std::size_t count : {std::size_t{1}, std::size_t{1000}, kLargePage / sizeof(float) - 1,
                                  kLargePage / sizeof(float), 3 * kLargePage + 5}) {
    CAPTURE(count);
    LargeVector<float> samples(count);
    samples.front() = 1.0f;
    samples.back() = 2.0f;
    if (count * sizeof(float) >= kLargePage) {
      CHECK(reinterpret_cast<std::uintptr_t>(samples.data()) % kLargePage == 0);
    }
    const LargeVector<float> copy = samples;
    CHECK(copy == samples);
  }
}

TEST_CASE("more memory than there can be is refused") {
  CHECK_THROWS_AS(LargeAllocator<double>().allocate(std::numeric_limits<std::size_t>::max() / 4),
                  std::bad_alloc);
}
