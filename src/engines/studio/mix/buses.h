// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "dsp/kernels.h"

namespace focus::core::engines::studio {

/// A block has 128 frames at the engine's rate and lies on an absolute grid. Tonal voices are
/// rendered at half the rate, because they have no content above 10 kHz; only the kit is rendered
/// at the full rate.
inline constexpr int kHalfBlock = 64, kFullBlock = 128;

template <int kFrames>
struct StereoBlock {
  std::array<float, kFrames> left{}, right{};

  void clear() {
    left.fill(0.0f);
    right.fill(0.0f);
  }
  /// Whether all samples are 0, of whatever sign.
  bool silent() const {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      bits |= std::bit_cast<std::uint32_t>(left[i]) | std::bit_cast<std::uint32_t>(right[i]);
    }
    return (bits & 0x7FFFFFFFU) == 0;
  }
  /// Adds `other`, with a gain that changes linearly from `from` to `to` over the block.
  void add(const StereoBlock& other, float from, float to) {
    const dsp::Ramp gain = {from, (to - from) / kFrames};
    dsp::kernels().add_stereo(other.left.data(), other.right.data(), gain, kFrames, left.data(),
                              right.data());
  }
};

using HalfBlock = StereoBlock<kHalfBlock>;
using FullBlock = StereoBlock<kFullBlock>;

/// One block of all layers, from the ensemble to the mixer.
struct Buses {
  HalfBlock pad, upper_pad, bass, lead, ostinato, texture;
  FullBlock kit;

  void clear() {
    for (HalfBlock* bus : {&pad, &upper_pad, &bass, &lead, &ostinato, &texture}) bus->clear();
    kit.clear();
  }
};

}  // namespace focus::core::engines::studio
