// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace focus::drill {

/// What this program holds now.
struct Memory {
  std::int64_t resident_kb = 0;
  std::int64_t blocks = 0;  ///< that were allocated and not freed
};
Memory memory_now();

}  // namespace focus::drill
