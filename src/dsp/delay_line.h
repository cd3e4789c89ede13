// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsp/kernels.h"

namespace focus::core::dsp {

/// A delay line that is written and read in blocks. The samples of a block lie one after the other
/// in memory, also where the ring begins again, so that loops over them can be vectorised.
class DelayLine {
 public:
  static constexpr int kMaxFrames = 64;  ///< of a block

  /// For delays of up to `longest` frames at any frame of a block.
  explicit DelayLine(double longest = 0.0) {
    const auto wanted = static_cast<std::uint32_t>(longest) + kMaxFrames + 4U;
    mask_ = std::bit_ceil(wanted) - 1;
    ring_.resize(std::size_t{mask_} + 1 + kRepeated);
  }

  /// Writes a block, without moving on.
  void write(const float* samples, int frames) {
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
  /// Goes on to the next block.
  void advance(int frames) { position_ += static_cast<std::uint32_t>(frames); }

  /// The block `delay` frames before the present one. A delay shorter than the block reaches into
  /// what has been written of the present one.
  const float* read(std::uint32_t delay) const {
    return ring_.data() + ((position_ - delay) & mask_);
  }

  /// Reads a block between the samples, frame i at `delay[i]` frames before frame i of the present
  /// block. The delay is positive, and either rises or falls.
  void read_moving(const float* delay, int frames, float* out) const {
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

 private:
  static constexpr std::uint32_t kRepeated = kMaxFrames + 1;

  std::uint32_t mask_ = 0;
  std::uint32_t position_ = 0;
  std::vector<float> ring_;  ///< and its first kRepeated samples once more
};

}  // namespace focus::core::dsp
