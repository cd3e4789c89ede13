// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "engines/check/checks.h"

namespace focus::core::engines {

void note_speed(CheckRun& run) {
  const double speed = run.findings.audio_seconds / std::max(run.findings.work_seconds, 1e-9);
  const double expected = run.info().expected_speed;
  std::string detail =
      absl::StrCat(decimals(speed, speed < 10.0 ? 2 : 0),
                   " seconds of music in a second; expected_speed says ", expected);
  if (speed < 1.0) {
    absl::StrAppend(&detail, ". A listener who plays at once hears the fallback in between");
  } else if (expected > 4.0 * speed) {
    absl::StrAppend(&detail, ", so that the first forecasts are too good; say less");
  }
  run.tell(Verdict::note, detail);
}

}  // namespace focus::core::engines
