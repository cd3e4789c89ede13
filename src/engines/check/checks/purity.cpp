// SPDX-License-Identifier: MIT
#include "engines/check/checks.h"

namespace focus::core::engines {

void check_purity(CheckRun& run) {
  if (run.info().continues_previous) {
    return run.tell(Verdict::skipped, "it continues the segment before and promises no purity");
  }
  bool& is_pure = run.findings.is_pure;
  is_pure = run.play(run.brief(usual_request(), 1)).print == run.findings.usual.print;
  run.judge(is_pure ? ""
                    : "they differ; draw all randomness from the brief's `seed`, use no clock, and "
                      "keep nothing from one call to the next. Where that can not be, say "
                      "continues_previous",
            "bit for bit");
}

}  // namespace focus::core::engines
