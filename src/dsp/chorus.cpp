// SPDX-License-Identifier: MIT
#include "dsp/chorus.h"

#include <algorithm>

#include "dsp/math.h"

namespace focus::core::dsp {

Chorus::Chorus(double rate, double centre_seconds, double depth_seconds, double sway_hertz,
               float wet)
    : rate_(rate),
      centre_(centre_seconds * rate),
      depth_(depth_seconds * rate),
      sway_hertz_(sway_hertz),
      wet_(wet),
      left_line_(centre_ + depth_),
      right_line_(centre_ + depth_) {}

void Chorus::process(std::int64_t frame, int frames, float* left, float* right) {
  const auto delay = [&](std::int64_t at, double phase) {
    const double seconds = static_cast<double>(at) / rate_;
    return centre_ + depth_ * sine_turns(seconds * sway_hertz_ + phase);
  };
  const auto delays_at = [&](std::int64_t at) {
    return std::array<double, 2>{delay(at, 0.0), delay(at, 0.3)};
  };
  const std::array<double, 2> from = next_frame_ == frame ? next_delays_ : delays_at(frame);
  next_frame_ = frame + frames;
  next_delays_ = delays_at(next_frame_);
  const auto step = [&](std::size_t side) {
    return static_cast<float>(next_delays_[side] - from[side]) / static_cast<float>(frames);
  };
  const float left_step = step(0), right_step = step(1);
  auto left_delay = static_cast<float>(from[0]), right_delay = static_cast<float>(from[1]);
  const float dry = 1.0f - 0.4f * wet_;
  constexpr int kMost = DelayLine::kMaxFrames;
  float left_delays[kMost], right_delays[kMost], delayed[kMost];
  for (int done = 0; done < frames; done += kMost) {
    const int count = std::min(kMost, frames - done);
    for (int i = 0; i < count; ++i) {
      left_delays[i] = left_delay;
      right_delays[i] = right_delay;
      left_delay += left_step;
      right_delay += right_step;
    }
    const auto process_side = [&](DelayLine& line, const float* delays, float* samples) {
      line.write(samples, count);
      line.read_moving(delays, count, delayed);
      line.advance(count);
      for (int i = 0; i < count; ++i) samples[i] = dry * samples[i] + wet_ * delayed[i];
    };
    process_side(left_line_, left_delays, left + done);
    process_side(right_line_, right_delays, right + done);
  }
}

}  // namespace focus::core::dsp
