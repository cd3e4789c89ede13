// SPDX-License-Identifier: MIT
#include "mix/fold_down.h"

#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

/// What one channel alone, at 1, becomes.
std::pair<float, float> folded(int channels, int channel) {
  audio::AudioBuffer from(channels, 1, 48000);
  audio::AudioBuffer to(2, 1, 48000);
  from.samples(channel)[0] = 1.0f;
  mix::fold_down(std::as_const(from).view(), to.view());
  return {to.samples(0)[0], to.samples(1)[0]};
}

}  // namespace

TEST_CASE("mono is put on both sides, and stereo stays as it is") {
  CHECK(folded(1, 0) == std::pair(1.0f, 1.0f));
  CHECK(folded(2, 0) == std::pair(1.0f, 0.0f));
  CHECK(folded(2, 1) == std::pair(0.0f, 1.0f));
}

TEST_CASE("5.1 is folded down as BS.775 says: centre and surrounds at -3 dB, no LFE") {
  const float half = 0.70710678f;
  CHECK(folded(6, 0) == std::pair(1.0f, 0.0f));
  CHECK(folded(6, 1) == std::pair(0.0f, 1.0f));
  CHECK(folded(6, 2) == std::pair(half, half));
  CHECK(folded(6, 3) == std::pair(0.0f, 0.0f));
  CHECK(folded(6, 4) == std::pair(half, 0.0f));
  CHECK(folded(6, 5) == std::pair(0.0f, half));
}

TEST_CASE("every count of channels keeps left and right apart and in balance") {
  for (int channels = 1; channels <= audio::AudioView::kMaxChannels; ++channels) {
    CAPTURE(channels);
    float left = 0.0f;
    float right = 0.0f;
    for (int c = 0; c < channels; ++c) {
      left += folded(channels, c).first;
      right += folded(channels, c).second;
    }
    CHECK(left == right);
    CHECK(left >= 1.0f);
  }
}
