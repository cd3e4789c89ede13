// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <absl/strings/str_cat.h>

#include "engines/check/checks.h"

namespace focus::core::engines {
namespace {

constexpr plan::Goal kGoals[] = {plan::Goal::focus, plan::Goal::relax, plan::Goal::sleep,
                                 plan::Goal::energize, plan::Goal::custom_prompt};
constexpr plan::Intensity kIntensities[] = {plan::Intensity::medium, plan::Intensity::low,
                                            plan::Intensity::high};

}  // namespace

void check_goals(CheckRun& run) {
  std::vector<Trial> trials;
  for (const plan::Goal goal : kGoals) {
    for (const plan::Intensity intensity : kIntensities) {
      if (run.quick() && intensity != plan::Intensity::medium) continue;
      trials.push_back(
          {run.brief(request_for(goal, intensity), 1),
           std::string(name_of(goal)) + " at intensity " + std::string(name_of(intensity))});
    }
  }
  run.play_all(trials, absl::StrCat(trials.size(), " of them"));
}

}  // namespace focus::core::engines
