// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "engines/studio/sounds.h"

namespace focus::core::studio {

/// A PADsynth table of one pitch, to be read at its own rate from anywhere; its first samples stand
/// again behind its end, so that a block never wraps.
struct PadTable {
  static constexpr int kSizeLog2 = 16;
  static constexpr std::uint32_t kMask = (1U << kSizeLog2) - 1;
  std::vector<float> samples;
  float fundamental = 0.0f;  ///< amplitude of the sine that belongs under it; both have power 1
};

/// Made on first use and kept while there is room (a bounded number, for all sessions of the
/// process together). Thread-safe. What it holds never decides what is heard.
std::shared_ptr<const PadTable> pad_table(PadSound sound, int pitch, int rate);

}  // namespace focus::core::studio
