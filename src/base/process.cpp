// SPDX-License-Identifier: MIT
#include "base/process.h"

#include <unistd.h>

namespace focus::core {

std::int64_t process_id() { return ::getpid(); }

}  // namespace focus::core
