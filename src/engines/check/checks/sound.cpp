// SPDX-License-Identifier: MIT
#include "engines/check/sound.h"

#include <utility>
#include <vector>

#include "engines/check/checks.h"

namespace focus::core::engines {

void check_sound(CheckRun& run) {
  std::vector<Heard>& all = run.findings.all;
  std::erase_if(all, [](const Heard& heard) { return heard.frames == 0; });
  for (CheckResult& result : judge_sound(all, run.findings.beginnings)) {
    run.tell_as(result.verdict, std::move(result.name), std::move(result.detail));
  }
}

}  // namespace focus::core::engines
