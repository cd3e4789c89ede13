// SPDX-License-Identifier: MIT
#include <string>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "engines/check/checks.h"

namespace focus::core::engines {

void check_first_segment(CheckRun& run) {
  const plan::Brief usual = run.brief(usual_request(), 1);
  Heard& heard = run.findings.usual;
  heard = run.play(usual);
  const std::string fault = fault_of_segment(usual, heard);
  run.judge(fault, absl::StrCat(usual.frames, " frames at ", usual.sample_rate, " Hz in ",
                                decimals(heard.seconds, 2), " s"));
  if (fault.empty()) return;
  run.tell_as(Verdict::skipped, "everything else", "no segment of it could be heard");
  run.stop();
}

}  // namespace focus::core::engines
