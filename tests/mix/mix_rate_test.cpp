// SPDX-License-Identifier: MIT
#include "mix/mix_rate.h"

#include <vector>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

int chosen(const std::vector<int>& rates, audio::AudioFormat format) {
  const auto rate = mix::choose_mix_rate(rates, format);
  return rate.ok() ? *rate : -1;
}

}  // namespace

TEST_CASE("the rate of most files is the mix's; of those as common, the highest") {
  CHECK(chosen({44100, 48000, 44100}, audio::AudioFormat::wav) == 44100);
  CHECK(chosen({44100, 48000}, audio::AudioFormat::flac24) == 48000);
  CHECK(chosen({22050}, audio::AudioFormat::mp3) == 22050);
  CHECK(chosen({96000, 96000, 44100}, audio::AudioFormat::wav) == 96000);
}

TEST_CASE("a rate that the format can not hold becomes the next it can") {
  CHECK(chosen({44100}, audio::AudioFormat::opus) == 48000);
  CHECK(chosen({22050}, audio::AudioFormat::opus) == 24000);
  CHECK(chosen({96000}, audio::AudioFormat::opus) == 48000);
  CHECK(chosen({96000}, audio::AudioFormat::mp3) == 48000);
  CHECK(chosen({4000}, audio::AudioFormat::wav) == 8000);
  CHECK(chosen({384000}, audio::AudioFormat::wav) == 192000);
}
