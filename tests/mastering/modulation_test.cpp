// SPDX-License-Identifier: MIT
#include "mastering/modulation.h"

#include <algorithm>
#include <complex>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/signals.h"

using namespace focus::core;
using namespace focus::test;

namespace {

audio::AudioBuffer modulated(const audio::AudioBuffer& audio, double depth,
                             std::int64_t session_frame = 0) {
  audio::AudioBuffer result = audio;
  REQUIRE(
      mastering::modulate(result.view(), result.sample_rate(), session_frame, depth, CancelToken())
          .ok());
  return result;
}

/// How much of the mean level moves at `hertz`, and where in its turn it is highest.
std::complex<double> movement_at(double hertz, audio::ConstAudioView audio, int rate) {
  std::complex<double> sum = 0.0;
  double mean = 0.0;
  for (std::int64_t i = 0; i < audio.frames(); ++i) {
    const double level = std::abs(static_cast<double>(audio.channel(0)[i]));
    sum += level * std::polar(1.0, -2.0 * std::numbers::pi * hertz * static_cast<double>(i) / rate);
    mean += level;
  }
  return 2.0 * sum / mean;
}

audio::AudioBuffer part_of(const audio::AudioBuffer& audio, std::int64_t from,
                           std::int64_t frames) {
  audio::AudioBuffer part(2, frames, audio.sample_rate());
  for (int c = 0; c < 2; ++c) {
    std::copy_n(audio.samples(c).begin() + from, frames, part.samples(c).begin());
  }
  return part;
}

}  // namespace

TEST_CASE("a tone moves at 16 Hz, as deep as was asked, and at no other rate") {
  for (const int rate : {44100, 48000, 96000}) {
    for (const double depth : {0.1, 0.5, 1.0}) {
      CAPTURE(rate, depth);
      const audio::AudioBuffer audio = modulated(sine(4.0, 2000.0, -12.0, rate), depth);
      const auto body = audio.view().subview(rate, 2 * rate);  // whole turns, clear of the edges
      const auto movement = movement_at(16.0, body, rate);
      // 1 - d/2 + d/2 cos
      CHECK(std::abs(movement) == Approx(0.5 * depth / (1.0 - 0.5 * depth)).margin(0.005));
      CHECK(std::arg(movement) == Approx(0.0).margin(0.01));
      for (const double other : {1.0, 8.0, 15.0, 17.0, 32.0}) {
        CHECK(std::abs(movement_at(other, body, rate)) < 0.005);
      }
      CHECK(*std::max_element(body.samples(0).begin(), body.samples(0).end()) ==
            Approx(of_db(-12.0)).epsilon(0.01));
    }
  }
}

TEST_CASE("bass stays steady") {
  for (const double hertz : {40.0, 60.0, 80.0}) {
    const audio::AudioBuffer before = sine(3.0, hertz, -6.0, 48000);
    const audio::AudioBuffer after = modulated(before, 1.0);
    // Away from the ends, where the tone sets in and breaks off.
    CHECK(largest_difference(before.view().subview(4800, 2 * 48000),
                             after.view().subview(4800, 2 * 48000)) < 0.03 * of_db(-6.0));
  }
}

TEST_CASE("segments that overlap are modulated alike") {
  for (const int rate : {44100, 48000}) {
    const audio::AudioBuffer session = pad(8.0, -12.0, rate);
    const audio::AudioBuffer whole = modulated(session, 0.7);
    const std::int64_t start = 3 * rate + 1234;
    const std::int64_t frames = 4 * rate;
    const audio::AudioBuffer part = modulated(part_of(session, start, frames), 0.7, start);
    const std::int64_t edge = rate / 20;
    CHECK(largest_difference(part.view().subview(edge, frames - 2 * edge),
                             whole.view().subview(start + edge, frames - 2 * edge)) < 2e-6);
  }
}

TEST_CASE("a depth of 0 leaves every sample as it is") {
  const audio::AudioBuffer before = noise(1.0, -20.0, 48000, 4);
  CHECK(largest_difference(before.view(), modulated(before, 0.0).view()) == 0.0);
}

TEST_CASE("audio of any length can be modulated, and the work be given up") {
  for (const double seconds : {0.0, 0.001, 0.03, 0.7}) {
    const audio::AudioBuffer before = noise(seconds, -20.0, 48000, 4);
    CHECK(modulated(before, 1.0).frames() == before.frames());
  }
  CancelToken cancel;
  cancel.cancel();
  audio::AudioBuffer audio = noise(1.0, -20.0, 48000, 4);
  CHECK(is_cancelled(mastering::modulate(audio.view(), 48000, 0, 0.5, cancel)));
}
