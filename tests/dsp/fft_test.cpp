// SPDX-License-Identifier: MIT
#include "dsp/fft.h"

#include <cmath>
#include <numbers>

#include <catch2/catch.hpp>

using focus::core::dsp::ComplexFft;
using Complex = std::complex<float>;

TEST_CASE("a forward transform is the sum that defines it") {
  for (const std::size_t size : {2, 8, 64}) {
    std::vector<Complex> data(size);
    for (std::size_t i = 0; i < size; ++i) {
      data[i] = {static_cast<float>(std::sin(1.7 * static_cast<double>(i * i))),
                 static_cast<float>(std::cos(0.3 * static_cast<double>(i)))};
    }
    std::vector<Complex> transformed = data;
    ComplexFft fft(size);
    CHECK(fft.size() == size);
    fft.forward(transformed);
    for (std::size_t k = 0; k < size; ++k) {
      std::complex<double> expected = 0.0;
      for (std::size_t i = 0; i < size; ++i) {
        const double turns = static_cast<double>(k * i) / static_cast<double>(size);
        expected +=
            std::complex<double>(data[i]) * std::polar(1.0, -2.0 * std::numbers::pi * turns);
      }
      CHECK(std::abs(std::complex<double>(transformed[k]) - expected) < 1e-4);
    }
  }
}
