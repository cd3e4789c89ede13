// SPDX-License-Identifier: MIT
#include "dsp/kernels.h"

#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "dsp/math.h"
#include "dsp/noise.h"

using namespace focus::core::dsp;

namespace {

constexpr int kMost = 131;  // more than a block, and no multiple of a vector

std::vector<float> signal(std::uint32_t key) {
  std::vector<float> samples(kMost + 40);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = 4.0f * white_noise(key, static_cast<std::uint32_t>(i));
  }
  return samples;
}

/// What every kernel makes of the same signals.
std::vector<std::vector<float>> results(const Kernels& kernels, int frames) {
  const std::vector<float> x = signal(1), y = signal(2), taps = signal(3);
  const Ramp level = {0.7f, -0.003f}, other = {0.1f, 0.004f};
  const Phase phase = {0x89ABCDEFU, 71'234'567U}, second = {17U, 391'234'567U};
  std::vector<std::vector<float>> all;
  // One frame in, so that nothing is aligned.
  const auto mono = [&](auto kernel) {
    std::vector<float> out = signal(4);
    kernel(out.data() + 1);
    all.push_back(out);
  };
  const auto stereo = [&](auto kernel) {
    std::vector<float> left = signal(5), right = signal(6);
    kernel(left.data() + 1, right.data() + 1);
    all.push_back(left);
    all.push_back(right);
  };
  mono([&](float* out) { kernels.add(x.data(), 0.7f, level, frames, out); });
  mono([&](float* out) { kernels.crossfade(x.data(), level, y.data(), other, frames, out); });
  mono([&](float* out) { kernels.add_flat_sine(phase, level, frames, out); });
  mono([&](float* out) {
    kernels.add_metal({phase, second, {1U, 2'000'000'000U}, {5U, 3U}}, level, frames, out);
  });
  mono([&](float* out) { kernels.shape(level, -3.0f, 0.02f, frames, out); });
  mono([&](float* out) { kernels.noise(0x1234U, 0xFFFFFFF0U, frames, out); });
  mono([&](float* out) { kernels.saturate(1.0f, frames, out); });
  mono([&](float* out) { kernels.saturate(0.35f, frames, out); });
  mono([&](float* out) { kernels.interpolate(x.data(), y.data(), frames, out); });
  mono([&](float* out) { kernels.convolve(taps.data(), x.data(), frames, out); });
  stereo([&](float* l, float* r) { kernels.add_stereo(x.data(), y.data(), level, frames, l, r); });
  stereo([&](float* l, float* r) { kernels.add_panned(x.data(), {0.3f, 0.8f}, frames, l, r); });
  stereo([&](float* l, float* r) { kernels.add_sine(phase, level, {0.3f, 0.8f}, frames, l, r); });
  stereo([&](float* l, float* r) {
    kernels.add_partials(phase, level, {0.3f, 0.2f, 0.1f}, frames, l, r);
  });
  return all;
}

}  // namespace

TEST_CASE("kernels give the same bits at every level") {
  force_kernels(nullptr);
  INFO("compared: " << kernels().name);
  for (int frames = 0; frames <= kMost; ++frames) {
    REQUIRE(results(kernels(), frames) == results(baseline_kernels(), frames));
  }
}

TEST_CASE("kernels change what they are asked to change, and nothing behind it") {
  const auto before = results(kernels(), 0);
  const auto after = results(kernels(), 50);
  REQUIRE(before.size() == after.size());
  for (std::size_t k = 0; k < after.size(); ++k) {
    INFO("result " << k);
    CHECK(after[k][0] == before[k][0]);
    CHECK(after[k][25] != before[k][25]);
    for (std::size_t i = 51; i < after[k].size(); ++i) REQUIRE(after[k][i] == before[k][i]);
  }
}

TEST_CASE("kernels can be forced, and are chosen again") {
  force_kernels(nullptr);
  const std::string best = kernels().name;
  force_kernels(&baseline_kernels());
  CHECK(std::string(kernels().name) == "baseline");
  force_kernels(nullptr);
  CHECK(kernels().name == best);
}

TEST_CASE("kernels compute what their formula says") {
  constexpr int kFrames = 64;
  std::vector<float> left(kFrames), right(kFrames), mixed(kFrames);
  kernels().add_sine({0U, phase_step(1000.0, 48'000.0)}, {0.5f, 0.0f}, {1.0f, 0.5f}, kFrames,
                     left.data(), right.data());
  kernels().crossfade(left.data(), {1.0f, 0.0f}, right.data(), {0.0f, 1.0f}, kFrames, mixed.data());
  for (int i = 0; i < kFrames; ++i) {
    const auto n = static_cast<std::size_t>(i);
    const double sine = 0.5 * sine_turns(i / 48.0);
    CHECK(static_cast<double>(left[n]) == Approx(sine).margin(1e-6));
    CHECK(static_cast<double>(right[n]) == Approx(0.5 * sine).margin(1e-6));
    CHECK(static_cast<double>(mixed[n]) == Approx((1.0 + 0.5 * i) * sine).margin(1e-4));
  }
}
