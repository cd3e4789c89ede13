// SPDX-License-Identifier: MIT
#include "engines/check/description.h"

#include <string>

#include <absl/strings/str_cat.h>

#include "engines/check/checks.h"

namespace focus::core::engines {

void check_description(CheckRun& run) {
  const EngineInfo& info = run.info();
  run.judge(
      description_fault(info),
      absl::StrCat(info.display_name, " ", info.version, ", licence ",
                   std::string(name_of(info.licence_class)),
                   info.commercial_use ? ", may be used commercially" : ", not for commercial use",
                   info.requires_attribution ? ", has to be named" : ""));
}

}  // namespace focus::core::engines
