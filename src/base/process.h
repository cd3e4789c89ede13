// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace focus::core {

/// Counts the forks that lead to this process, from the first call on: what was made under another
/// number belongs to a process whose threads are not here. After the first call it is one atomic
/// load, fit for the audio thread.
std::uint32_t fork_generation();

}  // namespace focus::core
