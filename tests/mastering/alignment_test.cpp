// SPDX-License-Identifier: MIT
#include "mastering/alignment.h"

#include <catch2/catch.hpp>

#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

constexpr int kRate = 48000;
constexpr std::int64_t kFrames = 2 * kRate;

audio::AudioBuffer scaled(const audio::AudioBuffer& from, float gain) {
  audio::AudioBuffer result = from;
  for (int c = 0; c < result.channel_count(); ++c) {
    for (float& sample : result.samples(c)) sample *= gain;
  }
  return result;
}

}  // namespace

TEST_CASE("an offset that makes two sides alike is found to the sample") {
  const std::int64_t reach = mastering::alignment_reach(kRate);
  const audio::AudioBuffer music = noise(3.0, -20.0, kRate, 1);
  const audio::ConstAudioView old_region = music.view().subview(10'000, kFrames + 2 * reach);
  for (const std::int64_t offset : {-reach, std::int64_t{-313}, std::int64_t{1}, reach}) {
    CAPTURE(offset);
    const mastering::Alignment found = mastering::find_alignment(
        old_region, music.view().subview(10'000 + reach + offset, kFrames), kRate);
    CHECK(found.offset == offset);
    CHECK(found.correlation > 0.95);
    CHECK_FALSE(found.inverted);
  }
}

TEST_CASE("turned polarity is found, alone and together with an offset") {
  const std::int64_t reach = mastering::alignment_reach(kRate);
  const audio::AudioBuffer music = noise(3.0, -20.0, kRate, 1);
  const audio::AudioBuffer turned = scaled(music, -0.5f);
  for (const std::int64_t offset : {0, 100}) {
    const mastering::Alignment found =
        mastering::find_alignment(music.view().subview(10'000, kFrames + 2 * reach),
                                  turned.view().subview(10'000 + reach + offset, kFrames), kRate);
    CHECK(found.offset == offset);
    CHECK(found.inverted);
    CHECK(found.correlation < -0.95);
  }
}

TEST_CASE("music that is not related, or is alike already, stays where it is") {
  const std::int64_t reach = mastering::alignment_reach(kRate);
  const audio::AudioBuffer one = noise(3.0, -20.0, kRate, 1);
  const audio::AudioBuffer other = noise(3.0, -20.0, kRate, 2);
  const mastering::Alignment unrelated = mastering::find_alignment(
      one.view().subview(0, kFrames + 2 * reach), other.view().subview(0, kFrames), kRate);
  CHECK(unrelated.offset == 0);
  CHECK_FALSE(unrelated.inverted);
  CHECK(std::abs(unrelated.correlation) < 0.1);
  const mastering::Alignment same = mastering::find_alignment(
      one.view().subview(0, kFrames + 2 * reach), one.view().subview(reach, kFrames), kRate);
  CHECK(same.offset == 0);
  CHECK(same.correlation == Approx(1.0).margin(0.01));
}

TEST_CASE("silence, next to nothing and a mono side give no offset") {
  const std::int64_t reach = mastering::alignment_reach(kRate);
  const audio::AudioBuffer silence(2, kFrames + 2 * reach, kRate);
  CHECK(
      mastering::find_alignment(silence.view(), silence.view().subview(0, kFrames), kRate).offset ==
      0);
  const audio::AudioBuffer music = noise(1.0, -20.0, kRate, 1, 1);
  for (const std::int64_t frames : {0, 1, 480}) {
    const mastering::Alignment found = mastering::find_alignment(
        music.view().subview(0, frames + 2 * reach), music.view().subview(reach, frames), kRate);
    CHECK(found.offset == 0);
  }
}
