// SPDX-License-Identifier: MIT
#pragma once

namespace focus::core {

/// From now on the library stays loaded until the process ends, whoever closes it: for a thread
/// that runs its code and is waited for by nobody. Does nothing where it is linked statically.
void pin_library();

}  // namespace focus::core
