// SPDX-License-Identifier: MIT
#include "engines/check/checks.h"

namespace focus::core::engines {

void check_seed(CheckRun& run) {
  plan::Brief brief = run.brief(usual_request(), 1);
  brief.seed += 1;
  const bool same = run.play(brief).print == run.findings.usual.print;
  run.judge(same ? "the samples are the same; let the brief's `seed` decide" : "", "");
}

}  // namespace focus::core::engines
