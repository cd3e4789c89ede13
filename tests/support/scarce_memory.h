// SPDX-License-Identifier: MIT
#pragma once

namespace focus::test {

/// How often this thread may allocate before it gets std::bad_alloc; below 0: as often as it likes.
/// For programs that are linked with scarce_memory.cpp.
extern thread_local int allocations_left;
/// How many allocations fail once there are none left; then there is memory again. Below 0: all.
extern thread_local int allocations_refused;

}  // namespace focus::test
