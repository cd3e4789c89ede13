// SPDX-License-Identifier: MIT
#include "engines/engine.h"

namespace focus::core {

std::string_view name_of(LicenceClass licence) {
  switch (licence) {
    case LicenceClass::commercial_cleared:
      return "commercial_cleared";
    case LicenceClass::commercial_enterprise:
      return "commercial_enterprise";
    case LicenceClass::personal_only:
      return "personal_only";
    case LicenceClass::unclear:
      break;
  }
  return "unclear";
}

absl::StatusOr<std::string> MusicEngine::score_as_midi(const Brief&) const {
  return absl::UnimplementedError("engine '" + info().key + "' keeps no score");
}

absl::Status MusicEngine::retire(std::chrono::milliseconds) {
  return absl::UnimplementedError("engine '" + info().key + "' is built in, and stays");
}

}  // namespace focus::core
