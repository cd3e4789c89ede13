// SPDX-License-Identifier: MIT
#include "dsp/delay_line.h"

#include <algorithm>

#include "dsp/kernels.h"

namespace focus::core::dsp {

void DelayLine::write(const float* samples, int frames) {
  const std::uint32_t at = position_ & mask_, size = mask_ + 1;
  const std::uint32_t count = static_cast<std::uint32_t>(frames);
  const std::uint32_t first = std::min(count, size - at);
  std::copy_n(samples, first, ring_.data() + at);
  std::copy_n(samples + first, count - first, ring_.data());
  // The beginning is repeated behind the end.
  if (at < kRepeated)
    std::copy_n(ring_.data() + at, std::min(first, kRepeated - at), ring_.data() + size + at);
  std::copy_n(ring_.data(), count - first, ring_.data() + size);
}

void DelayLine::read_moving(const float* delay, int frames, float* out) const {
  float part[kMaxFrames];
  std::int32_t whole[kMaxFrames];
  for (int i = 0; i < frames; ++i) {
    whole[i] = static_cast<std::int32_t>(delay[i]);
    part[i] = delay[i] - static_cast<float>(whole[i]);
  }
  // It moves so slowly that its whole part changes once in many blocks.
  for (int begin = 0; begin < frames;) {
    int end = frames;
    if (whole[end - 1] != whole[begin]) {
      end = begin + 1;
      while (whole[end] == whole[begin]) ++end;
    }
    const float* from = read(static_cast<std::uint32_t>(whole[begin] + 1 - begin));
    kernels().interpolate(from, part + begin, end - begin, out + begin);
    begin = end;
  }
}

}  // namespace focus::core::dsp
