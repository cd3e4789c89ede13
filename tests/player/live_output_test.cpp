// SPDX-License-Identifier: MIT
#include "player/live_output.h"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

using namespace focus::core;

namespace {

constexpr int kRate = 8000;
constexpr std::int64_t kBlock = 100;

/// Values that tell where they were written: `base` and a slow ramp.
std::vector<float> music_of(float base, std::int64_t frames) {
  std::vector<float> samples;
  for (std::int64_t i = 0; i < frames; ++i) {
    samples.insert(samples.end(), 2, base + 1e-5f * static_cast<float>(i));
  }
  return samples;
}

struct Ring {
  session::Tally tally;
  player::LiveOutput output{kRate, 4.0, tally};

  void write(const std::vector<float>& music) {
    output.write(music.data(), static_cast<std::int64_t>(music.size()) / 2);
  }
  /// The left side of what is heard next.
  std::vector<float> pull(std::int64_t frames) {
    std::vector<float> heard;
    for (; frames > 0; frames -= kBlock) {
      std::vector<float> block(2 * kBlock);
      output.pull(block.data(), std::min(kBlock, frames));
      for (std::int64_t i = 0; i < std::min(kBlock, frames); ++i) {
        heard.push_back(block[static_cast<std::size_t>(2 * i)]);
      }
    }
    return heard;
  }
};

float steepest(const std::vector<float>& heard) {
  float largest = 0.0f;
  for (std::size_t i = 1; i < heard.size(); ++i) {
    largest = std::max(largest, std::abs(heard[i] - heard[i - 1]));
  }
  return largest;
}

/// The steepest step of a ramp of 10 ms from full level.
constexpr float kRampStep = 1.6f / (0.01f * kRate);

}  // namespace

TEST_CASE("a stretch that is still being written is not heard before the splice to it") {
  Ring ring;
  ring.write(music_of(0.1f, 4000));
  ring.pull(3000);
  ring.output.begin_replacement(3500.0);
  ring.write(music_of(0.5f, 2000));
  // The audio thread comes to the end of the old music meanwhile, and falls silent there.
  const std::vector<float> heard = ring.pull(2000);
  CHECK(*std::max_element(heard.begin(), heard.end()) < 0.2f);
  CHECK(ring.output.state() == player::PlayerState::waiting);
  CHECK(ring.output.position() <= 4000);
  CHECK(steepest(heard) < 0.2f * kRampStep);
  // The splice comes late: the new music is entered as far behind its place.
  const std::int64_t position = ring.output.position();
  ring.output.splice();
  const std::vector<float> behind = ring.pull(500);
  CHECK(ring.output.position() == position + 500);
  CHECK(behind.back() == 0.5f + 1e-5f * static_cast<float>(position + 499 - 3500));
  CHECK(steepest(behind) < kRampStep);
}

TEST_CASE("a replacement is entered at its frame, whatever the rate") {
  const int rate = GENERATE(8000, 5000, 44100);
  Ring ring;
  std::unique_ptr<SpscRing> fresh = ring.output.ring_for(rate);
  ring.output.set_rate(rate, fresh, 1000.25);
  ring.write(music_of(0.1f, rate));
  ring.pull(kBlock);
  const double place = ring.output.begin_replacement(1000.25 + 0.5 * kRate);
  CHECK(place == Approx(1000.25 + 0.5 * kRate).margin(static_cast<double>(kRate) / rate));
  const auto frame =
      static_cast<std::size_t>(std::llround((place - 1000.25) * rate / static_cast<double>(kRate)));
  ring.write(music_of(0.5f, rate));
  ring.output.splice();
  const std::vector<float> heard = ring.pull(rate * 3 / 4 / kBlock * kBlock);
  const std::size_t at = frame - kBlock;
  CHECK(heard[at - 1] == 0.1f + 1e-5f * static_cast<float>(frame - 1));
  CHECK(heard[at] == 0.5f);
  const double here = place + static_cast<double>(heard.size() - at) * kRate / rate;
  CHECK(ring.output.position() == std::llround(here));
}

TEST_CASE("after a change of the rate the music goes on, and its place is told exactly") {
  Ring ring;
  ring.write(music_of(0.1f, 4000));
  ring.pull(1000);
  std::unique_ptr<SpscRing> fresh = ring.output.ring_for(16000);
  ring.output.set_rate(16000, fresh, 1000.0);
  CHECK(ring.output.position() == 1000);
  CHECK(ring.output.frames_ahead() == 0);
  ring.write(music_of(0.11f, 8000));
  const std::vector<float> heard = ring.pull(1000);
  CHECK(heard.front() == 0.11f);
  CHECK(ring.output.position() == 1500);
  CHECK(ring.output.underruns() == 0);
}

TEST_CASE("a seek that is on its way when the rate changes is still ramped") {
  const int rate = GENERATE(8000, 16000, 5512, 192000);
  CAPTURE(rate);
  Ring ring;
  ring.write(music_of(0.5f, 4000));
  std::vector<float> heard = ring.pull(1000);
  ring.output.begin_stretch(77'000.0);
  ring.output.seek();
  CHECK(ring.output.leaves());
  std::unique_ptr<SpscRing> fresh = ring.output.ring_for(rate);
  ring.output.set_rate_and_seek(rate, fresh, 77'000.0);
  CHECK(ring.output.position() == 77'000);
  ring.write(music_of(-0.5f, rate));
  const std::vector<float> behind = ring.pull(rate / 10 / kBlock * kBlock);
  heard.insert(heard.end(), behind.begin(), behind.end());
  CHECK(steepest(heard) < kRampStep);
  CHECK(behind.back() < -0.3f);
  const auto passed = static_cast<double>(ring.output.position() - 77'000);
  // All but the fade.
  CHECK(passed == Approx((0.1 - 0.01) * kRate).margin(kRate * 0.003 + 100.0 * kRate / rate));
  CHECK(ring.output.underruns() == 0);
}

TEST_CASE("at the end the position is the session's last, whatever the rate") {
  Ring ring;
  std::unique_ptr<SpscRing> fresh = ring.output.ring_for(5000);
  ring.output.set_rate(5000, fresh, 0.0);
  ring.write(music_of(0.1f, 3333));  // of 5333 frames of the session
  ring.output.set_finished(true, 5333);
  ring.pull(3400);
  CHECK(ring.output.state() == player::PlayerState::finished);
  CHECK(ring.output.position() == 5333);
}
