// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engines/studio/sounds.h"

namespace focus::core::engines::studio {

/// Two PADsynth wavetables for one pitch, a soft and a full face of the same sound. Reading may
/// begin anywhere. The first samples are repeated after the end, so that a block can be read
/// without wrapping.
struct PadTable {
  static constexpr int kSizeLog2 = 15;
  static constexpr std::uint32_t kMask = (1U << kSizeLog2) - 1;
  std::array<std::vector<float>, 2> faces;
  float fundamental = 0.0f;  ///< amplitude of the added sine; the total power is 1
};

/// Returns the table, from a cache of bounded size that all sessions of the process share.
/// Thread-safe. The samples do not depend on the state of the cache.
std::shared_ptr<const PadTable> pad_table(PadSound sound, int pitch, int rate);

}  // namespace focus::core::engines::studio
