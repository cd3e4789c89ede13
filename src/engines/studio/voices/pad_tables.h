// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "engines/studio/sounds.h"

namespace focus::core::engines::studio {

/// A PADsynth wavetable for one pitch. Reading may begin anywhere. The first samples are repeated
/// after the end, so that a block can be read without wrapping.
struct PadTable {
  static constexpr int kSizeLog2 = 16;
  static constexpr std::uint32_t kMask = (1U << kSizeLog2) - 1;
  std::vector<float> samples;
  float fundamental = 0.0f;  ///< amplitude of the added sine; the total power is 1
};

/// Returns the table, from a cache of bounded size that all sessions of the process share.
/// Thread-safe. The samples do not depend on the state of the cache.
std::shared_ptr<const PadTable> pad_table(PadSound sound, int pitch, int rate);

}  // namespace focus::core::engines::studio
