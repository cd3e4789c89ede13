// SPDX-License-Identifier: MIT
#include <string>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "engines/scenery.h"

namespace focus::core::engines {

absl::Status check_scenes(const plan::Request& request) {
  if (!programme_of(request).names_scenes()) return absl::OkStatus();  // levels alone can be had
  const std::string field = request.scenes.empty() ? "programme" : "scenes";
  return with_field(
      fault_error(Fault::unsupported, absl::StrCat(field, ": this small build has no scenes")),
      field);
}

plan::SceneProgramme scenes_played(const plan::Brief& brief) { return brief.scenes; }

absl::Status lay_scenes(const plan::Brief& /*brief*/, audio::AudioBuffer& /*music*/,
                        const CancelToken& /*cancel*/) {
  return absl::OkStatus();
}

}  // namespace focus::core::engines
