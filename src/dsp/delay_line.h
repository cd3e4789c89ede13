// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

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
  void write(const float* samples, int frames);
  /// Goes on to the next block.
  void advance(int frames) { position_ += static_cast<std::uint32_t>(frames); }

  /// The block `delay` frames before the present one. A delay shorter than the block reaches into
  /// what has been written of the present one.
  const float* read(std::uint32_t delay) const {
    return ring_.data() + ((position_ - delay) & mask_);
  }

  /// Reads a block between the samples, frame i at `delay[i]` frames before frame i of the present
  /// block. The delay is positive, and either rises or falls.
  void read_moving(const float* delay, int frames, float* out) const;

 private:
  static constexpr std::uint32_t kRepeated = kMaxFrames + 1;

  std::uint32_t mask_ = 0;
  std::uint32_t position_ = 0;
  std::vector<float> ring_;  ///< and its first kRepeated samples once more
};

}  // namespace focus::core::dsp
