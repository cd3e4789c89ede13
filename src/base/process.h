// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace focus::core {

/// The number of this process; another one after a fork, where the threads of before are gone.
std::int64_t process_id();

}  // namespace focus::core
