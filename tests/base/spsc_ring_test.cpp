// SPDX-License-Identifier: MIT
#include "base/spsc_ring.h"

#include <thread>
#include <vector>

#include <catch2/catch.hpp>

using focus::core::SpscRing;

TEST_CASE("a ring holds its capacity, no more, and wraps") {
  SpscRing ring(5);
  CHECK(ring.capacity() == 8);
  const std::vector<float> ten{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  CHECK(ring.write(ten.data(), 10) == 8);
  CHECK(ring.writable() == 0);
  std::vector<float> out(10);
  CHECK(ring.read(out.data(), 5) == 5);
  CHECK(ring.write(ten.data(), 10) == 5);
  CHECK(ring.read(out.data(), 10) == 8);
  CHECK(out[0] == 5);
  CHECK(out[3] == 0);
  CHECK(ring.read(out.data(), 1) == 0);
}

TEST_CASE("values cross between two threads in order and without loss") {
  SpscRing ring(256);
  constexpr int kCount = 200'000;
  std::thread writer([&] {
    for (int next = 0; next < kCount;) {
      float block[37];
      int n = 0;
      for (; n < 37 && next + n < kCount; ++n) block[n] = static_cast<float>(next + n);
      next += static_cast<int>(ring.write(block, static_cast<std::size_t>(n)));
    }
  });
  int expected = 0;
  bool in_order = true;
  while (expected < kCount) {
    float block[53];
    const std::size_t n = ring.read(block, 53);
    for (std::size_t i = 0; i < n; ++i) in_order &= block[i] == static_cast<float>(expected++);
  }
  writer.join();
  CHECK(in_order);
}
