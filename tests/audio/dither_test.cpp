// SPDX-License-Identifier: MIT
#include "audio/dither.h"

#include <limits>

#include <catch2/catch.hpp>

#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

audio::AudioBuffer constant(float value, std::int64_t frames, int channels) {
  audio::AudioBuffer buffer(channels, frames, 48000);
  for (int c = 0; c < channels; ++c) {
    for (float& sample : buffer.samples(c)) sample = value;
  }
  return buffer;
}

}  // namespace

TEST_CASE("the error of dither has mean 0 and variance 1/4 whatever the signal") {
  constexpr std::int64_t kFrames = 200000;
  const audio::Dither dither(1);
  for (const double steps : {0.001, 0.25, 0.5, 12.75}) {
    const audio::AudioBuffer in = constant(static_cast<float>(steps / 32768.0), kFrames, 1);
    std::vector<std::int16_t> out(kFrames);
    dither.quantise(in.view(), 0, out.data());
    double sum = 0.0;
    double squares = 0.0;
    double neighbours = 0.0;
    double before = 0.0;
    for (const std::int16_t value : out) {
      const double error = value - steps;
      CHECK(std::abs(error) <= 1.5);
      sum += error;
      squares += error * error;
      neighbours += error * before;
      before = error;
    }
    // TPDF: 1/6 of the noise and 1/12 of the rounding.
    CHECK(std::abs(sum / kFrames) < 0.005);
    CHECK(squares / kFrames == Approx(0.25).margin(0.005));
    CHECK(std::abs(neighbours / kFrames) < 0.003);
  }
}

TEST_CASE("channels and seeds have noise of their own") {
  constexpr std::int64_t kFrames = 100000;
  const audio::AudioBuffer in = constant(0.25f / 32768.0f, kFrames, 2);
  std::vector<std::int16_t> a(2 * kFrames);
  std::vector<std::int16_t> b(2 * kFrames);
  audio::Dither(1).quantise(in.view(), 0, a.data());
  audio::Dither(2).quantise(in.view(), 0, b.data());
  double channels = 0.0;
  double seeds = 0.0;
  for (std::size_t i = 0; i < a.size(); i += 2) {
    channels += (a[i] - 0.25) * (a[i + 1] - 0.25);
    seeds += (a[i] - 0.25) * (b[i] - 0.25);
  }
  CHECK(std::abs(channels / kFrames) < 0.004);
  CHECK(std::abs(seeds / kFrames) < 0.004);
}

TEST_CASE("any part is quantised as it is in the whole") {
  const audio::AudioBuffer in = noise(0.1, -40.0, 48000, 3);
  std::vector<std::int16_t> whole(static_cast<std::size_t>(2 * in.frames()));
  audio::Dither(7).quantise(in.view(), 0, whole.data());
  for (std::int64_t from = 0; from < in.frames(); from += 777) {
    const std::int64_t count = std::min<std::int64_t>(777, in.frames() - from);
    std::vector<std::int16_t> part(static_cast<std::size_t>(2 * count));
    audio::Dither(7).quantise(in.view().subview(from, count), from, part.data());
    CHECK(std::equal(part.begin(), part.end(), whole.begin() + 2 * from));
  }
}

TEST_CASE("silence stays silent, over full scale is clipped, what is no number is silence") {
  audio::AudioBuffer in(1, 6, 48000);
  const float values[] = {0.0f,
                          2.0f,
                          -3.0f,
                          1.0f,
                          std::numeric_limits<float>::quiet_NaN(),
                          -std::numeric_limits<float>::infinity()};
  std::copy(std::begin(values), std::end(values), in.samples(0).begin());
  std::vector<std::int16_t> out(6);
  audio::Dither(1).quantise(in.view(), 0, out.data());
  CHECK(out[0] == 0);
  CHECK(out[1] == 32767);
  CHECK(out[2] == -32768);
  CHECK(out[3] >= 32766);
  CHECK(out[4] == 0);
  CHECK(out[5] == -32768);
  std::vector<std::int32_t> wide(6);
  audio::quantise24(in.view(), wide.data());
  CHECK(wide[1] == 8388607 * 256);
  CHECK(wide[2] == -8388608 * 256);
  CHECK(wide[4] == 0);
}
