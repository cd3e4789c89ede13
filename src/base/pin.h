// SPDX-License-Identifier: MIT
#pragma once

namespace focus::core {

/// Keeps this library loaded until the process ends, even if the host calls dlclose(). Needed
/// before a thread is abandoned that still runs the library's code. Does nothing if the library is
/// linked statically.
void pin_library();

}  // namespace focus::core
