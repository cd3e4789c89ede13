// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

namespace focus::core::studio {

/// The timbres a pad can have. `glass`, `shimmer` and `breath` are for the upper pad.
enum class PadTimbre { warm, strings, choir, hollow, glass, shimmer, breath };

/// A PADsynth table of one pitch, to be read at its own rate from anywhere; its first samples stand
/// again behind its end, so that a block never wraps.
struct PadTable {
  static constexpr int kSizeLog2 = 16;
  static constexpr std::uint32_t kMask = (1U << kSizeLog2) - 1;
  std::vector<float> samples;
};

/// Made on first use and kept while there is room (a bounded number, for all sessions of the
/// process together). Thread-safe. What it holds never decides what is heard.
std::shared_ptr<const PadTable> pad_table(PadTimbre timbre, int pitch, int rate);

}  // namespace focus::core::studio
