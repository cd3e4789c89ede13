// SPDX-License-Identifier: MIT
#include "audio/resampler.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

TEST_CASE("a resampled buffer has the length asked for, the level and no delay") {
  for (const auto& [from, to] : {std::pair{44100, 48000}, {48000, 44100}, {96000, 48000}}) {
    const audio::AudioBuffer in = sine(1.0, 997.0, -6.0, from);
    const std::int64_t frames = audio::resampled_frames(in.frames(), from, to);
    CHECK(frames == to);
    const auto out = audio::resample(in, to, frames, CancelToken());
    REQUIRE(out.ok());
    CHECK(out->frames() == frames);
    CHECK(out->sample_rate() == to);
    // Away from the ends, where the filter sees the silence outside, it is the sine of that rate.
    const audio::AudioBuffer expected = sine(1.0, 997.0, -6.0, to);
    const std::int64_t edge = to / 20;
    CHECK(largest_difference(out->view().subview(edge, frames - 2 * edge),
                             expected.view().subview(edge, frames - 2 * edge)) < 2e-5);
  }
}

TEST_CASE("a length of choice is cut or continued with silence") {
  const audio::AudioBuffer in = sine(0.5, 440.0, -6.0, 48000, 1);
  for (const std::int64_t frames : {0, 1, 1000, 22049, 22051, 60000}) {
    const auto out = audio::resample(in, 44100, frames, CancelToken());
    REQUIRE(out.ok());
    CHECK(out->frames() == frames);
    if (frames == 60000) CHECK(out->samples(0).back() == 0.0f);
  }
}

TEST_CASE("what the lower rate can not hold is gone") {
  const audio::AudioBuffer in = sine(1.0, 23500.0, -6.0, 48000, 1);
  const auto out = audio::resample(in, 44100, 44100, CancelToken());
  REQUIRE(out.ok());
  CHECK(to_db(rms(out->view().subview(4410, 35280))) < -90.0);
}

TEST_CASE("there and back is the same to within the filter's noise") {
  const audio::AudioBuffer in = pad(1.0, -6.0, 44100);
  const auto up = audio::resample(in, 48000, 48000, CancelToken());
  REQUIRE(up.ok());
  const auto back = audio::resample(*up, 44100, in.frames(), CancelToken());
  REQUIRE(back.ok());
  CHECK(to_db(rms(back->view())) == Approx(to_db(rms(in.view()))).margin(0.02));
}

TEST_CASE("a stream gives the same samples in any block size") {
  const audio::AudioBuffer in = noise(0.2, -12.0, 44100, 9);
  std::vector<float> interleaved(static_cast<std::size_t>(2 * in.frames()));
  audio::interleave(in.view(), interleaved.data());
  std::vector<float> results[2];
  const std::int64_t blocks[] = {64, 1009};
  for (int run = 0; run < 2; ++run) {
    auto resampler =
        audio::StreamResampler::create(2, 44100, 48000, audio::ResamplerQuality::medium);
    REQUIRE(resampler.ok());
    std::vector<float> block(static_cast<std::size_t>(2 * blocks[run]));
    std::int64_t consumed = 0;
    while (true) {
      const std::int64_t there = std::min(blocks[run], in.frames() - consumed);
      const auto progress =
          resampler->process(interleaved.data() + 2 * consumed, there, block.data(), blocks[run],
                             consumed + there == in.frames());
      consumed += progress.consumed;
      results[run].insert(results[run].end(), block.begin(), block.begin() + 2 * progress.produced);
      if (consumed == in.frames() && progress.produced == 0) break;
    }
  }
  // The library's own arithmetic of positions may differ in the last bit.
  REQUIRE(std::abs(static_cast<long>(results[0].size()) - static_cast<long>(results[1].size())) <=
          2);
  double largest = 0.0;
  for (std::size_t i = 0; i < std::min(results[0].size(), results[1].size()); ++i) {
    largest = std::max(largest, static_cast<double>(std::abs(results[0][i] - results[1][i])));
  }
  CHECK(largest < 1e-6);
}

TEST_CASE("equal rates copy; wrong arguments and a cancelled token are errors") {
  const audio::AudioBuffer in = noise(0.1, -12.0, 48000, 9);
  const auto out = audio::resample(in, 48000, in.frames(), CancelToken());
  REQUIRE(out.ok());
  CHECK(largest_difference(in.view(), out->view()) == 0.0);
  CHECK(field_of(audio::resample(in, 0, 10, CancelToken()).status()) == "sample_rate");
  CHECK(field_of(audio::StreamResampler::create(9, 1, 1, audio::ResamplerQuality::fast).status()) ==
        "channels");
  CancelToken cancel;
  cancel.cancel();
  CHECK(is_cancelled(audio::resample(in, 44100, 100, cancel).status()));
}
