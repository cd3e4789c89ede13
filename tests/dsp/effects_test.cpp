// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include "dsp/chorus.h"
#include "dsp/cross_delay.h"
#include "dsp/delay_line.h"
#include "dsp/fdn_reverb.h"
#include "dsp/math.h"
#include "dsp/noise.h"

using namespace focus::core::dsp;

namespace {

constexpr double kRate = 24000.0;
constexpr int kBlock = 64;

/// What the hall answers to an impulse, left.
std::vector<float> impulse_response(FdnReverb reverb, double seconds) {
  std::vector<float> response;
  for (int frame = 0; frame < static_cast<int>(seconds * kRate); frame += kBlock) {
    float in_left[kBlock] = {}, in_right[kBlock] = {}, left[kBlock] = {}, right[kBlock] = {};
    if (frame == 0) in_left[0] = in_right[0] = 1.0f;
    reverb.process(frame, in_left, in_right, kBlock, left, right);
    response.insert(response.end(), left, left + kBlock);
  }
  return response;
}

/// T60 from the slope of Schroeder's backward integral between -5 and -35 dB.
double measured_t60(const std::vector<float>& response) {
  std::vector<double> left_over(response.size() + 1, 0.0);
  for (std::size_t i = response.size(); i-- > 0;) {
    left_over[i] =
        left_over[i + 1] + static_cast<double>(response[i]) * static_cast<double>(response[i]);
  }
  const auto time_of = [&](double db) {
    const double wanted = left_over[0] * std::pow(10.0, db / 10.0);
    const auto it =
        std::find_if(left_over.begin(), left_over.end(), [&](double e) { return e < wanted; });
    return static_cast<double>(it - left_over.begin()) / kRate;
  };
  return 2.0 * (time_of(-35.0) - time_of(-5.0));
}

}  // namespace

TEST_CASE("the hall decays in the time it was asked for") {
  for (const double t60 : {1.5, 3.0, 6.0}) {
    FdnReverb::Settings settings;
    settings.t60_seconds = t60;
    settings.damping_hertz = 1e6;
    settings.sway_seconds = 0.0;
    CHECK(measured_t60(impulse_response(FdnReverb(settings, kRate), 1.2 * t60)) ==
          Approx(t60).epsilon(0.08));
  }
}

TEST_CASE("damping shortens the treble's decay") {
  FdnReverb::Settings settings;
  settings.t60_seconds = 3.0;
  settings.damping_hertz = 1500.0;
  const std::vector<float> whole = impulse_response(FdnReverb(settings, kRate), 3.5);
  std::vector<float> treble(whole.size());
  for (std::size_t i = 1; i < whole.size(); ++i) treble[i] = whole[i] - whole[i - 1];
  CHECK(measured_t60(treble) < 0.7 * measured_t60(whole));
}

TEST_CASE("two halls that began at different times agree once the past has faded") {
  FdnReverb::Settings settings;
  settings.t60_seconds = 1.0;
  FdnReverb early(settings, kRate), late(settings, kRate);
  double worst = 0.0;
  for (std::int64_t frame = 0; frame < 4 * static_cast<std::int64_t>(kRate); frame += kBlock) {
    float in[kBlock], a[kBlock] = {}, b[kBlock] = {}, dropped[kBlock] = {};
    for (int i = 0; i < kBlock; ++i) in[i] = white_noise(1, static_cast<std::uint32_t>(frame + i));
    early.process(frame, in, in, kBlock, a, dropped);
    if (frame < static_cast<std::int64_t>(kRate) / kBlock * kBlock) continue;
    late.process(frame, in, in, kBlock, b, dropped);
    if (frame < 3 * static_cast<std::int64_t>(kRate)) continue;
    for (int i = 0; i < kBlock; ++i) worst = std::max(worst, double(std::fabs(a[i] - b[i])));
  }
  CHECK(worst < 1e-4);
}

TEST_CASE("a delay line gives back what was written, also where its ring begins again") {
  DelayLine line(300.0);
  std::vector<float> written;
  for (int block = 0; block < 200; ++block) {
    const int frames = 1 + block * 7 % DelayLine::kMaxFrames;
    float in[DelayLine::kMaxFrames], out[DelayLine::kMaxFrames], delays[DelayLine::kMaxFrames];
    const std::size_t begin = written.size();
    for (int i = 0; i < frames; ++i) {
      in[i] = white_noise(3, static_cast<std::uint32_t>(written.size()));
      written.push_back(in[i]);
      delays[i] = 200.25f + 0.5f * static_cast<float>(i);
    }
    line.write(in, frames);
    line.read_moving(delays, frames, out);
    const float* const whole = line.read(250);
    for (int i = 0; begin > 300 && i < frames; ++i) {
      const std::size_t at = begin + static_cast<std::size_t>(i);
      const auto back = static_cast<std::size_t>(delays[i]);
      const float part = delays[i] - static_cast<float>(back);
      const float a = written[at - back], b = written[at - back - 1];
      REQUIRE(out[i] == a + part * (b - a));
      REQUIRE(whole[i] == written[at - 250]);
    }
    line.advance(frames);
  }
}

TEST_CASE("effects give the same in blocks of any length") {
  FdnReverb::Settings settings;
  settings.sway_seconds = 0.0;  // it moves along a line from block to block
  FdnReverb hall_a(settings, kRate), hall_b(settings, kRate);
  CrossDelay echo_a(kRate, 0.01, 0.5f, 3000.0), echo_b(kRate, 0.01, 0.5f, 3000.0);
  constexpr int kFrames = 6000;
  std::vector<float> in(kFrames), a[4], b[4];
  for (auto* side : {&a[0], &a[1], &a[2], &a[3], &b[0], &b[1], &b[2], &b[3]}) side->resize(kFrames);
  for (std::size_t i = 0; i < kFrames; ++i) in[i] = white_noise(4, static_cast<std::uint32_t>(i));
  hall_a.process(0, in.data(), in.data(), kFrames, a[0].data(), a[1].data());
  echo_a.process(in.data(), in.data(), kFrames, a[2].data(), a[3].data());
  for (int begin = 0, block = 0; begin < kFrames; ++block) {
    const int frames = std::min(kFrames - begin, 1 + block * 13 % 100);
    const float* const from = in.data() + begin;
    hall_b.process(begin, from, from, frames, b[0].data() + begin, b[1].data() + begin);
    echo_b.process(from, from, frames, b[2].data() + begin, b[3].data() + begin);
    begin += frames;
  }
  for (int side = 0; side < 4; ++side) CHECK(a[side] == b[side]);
}

TEST_CASE("an echo comes back on the other side, softer each time") {
  CrossDelay delay(kRate, 0.1, 0.5f, 1e6);
  std::vector<float> left(12'000), right(12'000), in(12'000), none(12'000);
  in[0] = 1.0f;
  for (std::size_t i = 0; i + 100 <= in.size(); i += 100) {
    delay.process(&in[i], &none[i], 100, &left[i], &right[i]);
  }
  CHECK(left[2400] == Approx(1.0f).margin(1e-3));
  CHECK(right[4800] == Approx(0.5f).margin(1e-3));
  CHECK(left[7200] == Approx(0.25f).margin(1e-3));
}

TEST_CASE("a chorus keeps the level and parts the sides") {
  Chorus chorus(kRate, 0.012, 0.003, 0.4, 0.5f);
  double in_power = 0.0, out_power = 0.0, difference = 0.0;
  for (std::int64_t frame = 0; frame < 48'000; frame += kBlock) {
    float left[kBlock], right[kBlock];
    for (int i = 0; i < kBlock; ++i) {
      left[i] = right[i] = white_noise(2, static_cast<std::uint32_t>(frame + i));
      in_power += double(left[i]) * double(left[i]);
    }
    chorus.process(frame, kBlock, left, right);
    for (int i = 0; i < kBlock; ++i) {
      out_power += double(left[i]) * double(left[i]);
      difference += double(left[i] - right[i]) * double(left[i] - right[i]);
    }
  }
  CHECK(10.0 * std::log10(out_power / in_power) == Approx(0.0).margin(1.5));
  CHECK(difference > 0.1 * out_power);
}
