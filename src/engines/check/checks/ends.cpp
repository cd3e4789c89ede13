// SPDX-License-Identifier: MIT
#include <vector>

#include <absl/strings/str_cat.h>

#include "engines/check/checks.h"
#include "plan/planner.h"

namespace focus::core::engines {

void check_ends(CheckRun& run) {
  const plan::Request request = usual_request();
  const int last = planned(request, run.seed()).segment_count() - 1;
  std::vector<Trial> trials = {{run.brief(request, 0), "the first segment"},
                               {run.brief(request, last), "the last segment"}};
  plan::Request only = request;
  only.segment_seconds = 60.0;
  const plan::Brief alone = run.brief(only, 0);
  if (!run.quick() && alone.length_seconds() <= run.info().max_duration_seconds) {
    trials.push_back({alone, "the only segment"});
  }
  run.play_all(trials, absl::StrCat(trials.size(), " segments"));
}

}  // namespace focus::core::engines
