// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "engines/engine.h"
#include <focus_session/focus_session.h>

/// Converts the wire contract's name of a licence. Unknown names become UNCLEAR.
inline std::int32_t licence_from(std::string_view name) {
  using focus::core::engines::LicenceClass;
  for (const LicenceClass licence :
       {LicenceClass::commercial_cleared, LicenceClass::commercial_enterprise,
        LicenceClass::personal_only}) {
    if (name_of(licence) == name) return static_cast<std::int32_t>(licence);
  }
  return FOCUS_LICENCE_UNCLEAR;
}
