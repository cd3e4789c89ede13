// SPDX-License-Identifier: MIT
#include "dsp/chorus.h"

#include <bit>

#include "dsp/math.h"

namespace focus::core::dsp {

Chorus::Chorus(double rate, double centre_seconds, double depth_seconds, double sway_hertz,
               float wet)
    : rate_(rate),
      centre_(centre_seconds * rate),
      depth_(depth_seconds * rate),
      sway_hertz_(sway_hertz),
      wet_(wet) {
  const auto size = std::bit_ceil(static_cast<std::uint32_t>(centre_ + depth_) + 4U);
  mask_ = size - 1;
  left_line_.resize(size);
  right_line_.resize(size);
}

void Chorus::process(std::int64_t frame, int frames, float* left, float* right) {
  const auto delay = [&](std::int64_t at, double phase) {
    const double seconds = static_cast<double>(at) / rate_;
    return centre_ + depth_ * sine_turns(seconds * sway_hertz_ + phase);
  };
  process_side(delay(frame, 0.0), delay(frame + frames, 0.0), frames, left, left_line_);
  process_side(delay(frame, 0.3), delay(frame + frames, 0.3), frames, right, right_line_);
  position_ += static_cast<std::uint32_t>(frames);
}

void Chorus::process_side(double delay, double delay_after, int frames, float* samples,
                          std::vector<float>& line) const {
  auto d = static_cast<float>(delay);
  const float step = static_cast<float>(delay_after - delay) / static_cast<float>(frames);
  const float dry = 1.0f - 0.4f * wet_;
  for (int i = 0; i < frames; ++i) {
    const std::uint32_t at = position_ + static_cast<std::uint32_t>(i);
    line[at & mask_] = samples[i];
    const auto whole = static_cast<std::int32_t>(d);
    const float part = d - static_cast<float>(whole);
    const std::uint32_t from = at - static_cast<std::uint32_t>(whole);
    const float a = line[from & mask_], b = line[(from - 1) & mask_];
    samples[i] = dry * samples[i] + wet_ * (a + part * (b - a));
    d += step;
  }
}

}  // namespace focus::core::dsp
