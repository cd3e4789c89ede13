// SPDX-License-Identifier: MIT
// Replaces engine_command.cpp in a minimal build.
#include "boundary.h"

int32_t focus_engine_register_command(focus_service*, const focus_engine_description*,
                                      const char*) noexcept {
  return focus::core::capi::guarded([] {
    return focus::core::fault_error(
        focus::core::Fault::unsupported,
        "engines that are commands are not in this minimal build of the library; register "
        "callbacks with focus_engine_register, or build it without FOCUS_MINIMAL");
  });
}
