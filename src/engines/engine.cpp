// SPDX-License-Identifier: MIT
#include "engines/engine.h"

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::engines {

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

bool permits_commercial_use(LicenceClass licence) {
  return licence == LicenceClass::commercial_cleared ||
         licence == LicenceClass::commercial_enterprise;
}

absl::Status check_length(const EngineInfo& engine, double longest_seconds,
                          const std::string& field) {
  const int most = engine.max_duration_seconds;
  if (most <= 0 || longest_seconds <= most) return absl::OkStatus();
  return invalid_field(field, absl::StrCat("engine '", engine.key, "' plays segments of at most ",
                                           most, " s, and one of ", longest_seconds,
                                           " s would be needed, overlaps included; ask for shorter "
                                           "ones or another engine"));
}

absl::StatusOr<std::string> MusicEngine::score_as_midi(const plan::Brief&) const {
  return fault_error(Fault::unsupported, "engine '" + info().key + "' keeps no score");
}

absl::Status MusicEngine::retire(std::chrono::milliseconds) {
  return fault_error(Fault::unsupported, "engine '" + info().key + "' is built in, and stays");
}

}  // namespace focus::core::engines
