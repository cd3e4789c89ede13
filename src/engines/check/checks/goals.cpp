// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <absl/strings/str_cat.h>

#include "engines/check/checks.h"

namespace focus::core {
namespace {

constexpr Goal kGoals[] = {Goal::focus, Goal::relax, Goal::sleep, Goal::energize,
                           Goal::custom_prompt};
constexpr Intensity kIntensities[] = {Intensity::medium, Intensity::low, Intensity::high};

}  // namespace

void check_goals(CheckRun& run) {
  std::vector<Trial> trials;
  for (const Goal goal : kGoals) {
    for (const Intensity intensity : kIntensities) {
      if (run.quick() && intensity != Intensity::medium) continue;
      trials.push_back(
          {run.brief(request_for(goal, intensity), 1),
           std::string(name_of(goal)) + " at intensity " + std::string(name_of(intensity))});
    }
  }
  run.play_all(trials, absl::StrCat(trials.size(), " of them"));
}

}  // namespace focus::core
